//! 사람이 읽는 표.

use unicode_width::UnicodeWidthStr;

use crate::case::Unit;
use crate::measure::Comparison;

const HEAD: [&str; 6] = [
    "견준 것 (우리 것 / 상대)",
    "비율",
    "가운데 절반",
    "모두",
    "우리 것",
    "상대",
];

/// 한 묶음의 표. 첫 줄은 묶음의 이름과 적을 폴더이다.
pub fn table(found: &[Comparison]) -> String {
    let Some(first) = found.first() else {
        return String::new();
    };
    let mut rows = vec![HEAD.map(String::from)];
    rows.extend(found.iter().map(row));
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max();
    let widths: Vec<usize> = (0..HEAD.len()).filter_map(width).collect();
    let mut text = format!("{} ({})\n", first.group.name, first.group.listing);
    for row in &rows {
        text.push_str("  ");
        for (column, cell) in row.iter().enumerate() {
            let blank = " ".repeat(widths[column] - cell.width());
            // 이름은 왼쪽에, 수는 오른쪽에 맞춘다.
            let cell = if column == 0 {
                format!("{cell}{blank}")
            } else {
                format!("   {blank}{cell}")
            };
            text.push_str(&cell);
        }
        text.push('\n');
    }
    text
}

fn row(one: &Comparison) -> [String; 6] {
    let ratio = &one.ratio;
    [
        one.about.clone(),
        format!("{}배", figures(ratio.median)),
        range(ratio.median, ratio.low, ratio.high),
        range(ratio.median, ratio.min, ratio.max),
        amount(one.unit, one.ours),
        amount(one.unit, one.peer),
    ]
}

/// 비율의 자릿수. 작을수록 자세히 적는다.
pub fn figures(ratio: f64) -> String {
    format!("{ratio:.*}", decimals(ratio))
}

/// `low`에서 `high`까지. 자릿수는 `ratio`의 것을 따른다.
pub fn range(ratio: f64, low: f64, high: f64) -> String {
    let digits = decimals(ratio);
    format!("{low:.digits$}~{high:.digits$}")
}

fn decimals(ratio: f64) -> usize {
    match ratio {
        // 하나 가까이에서는 백분의 몇까지 갈린다.
        ..1.095 => 2,
        ..9.95 => 1,
        _ => 0,
    }
}

fn amount(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Time => duration(value),
        Unit::Bytes => format!("{value:.0}B"),
    }
}

fn duration(nanos: f64) -> String {
    match nanos {
        ..1e3 => format!("{nanos:.1}ns"),
        ..1e6 => format!("{:.1}µs", nanos / 1e3),
        _ => format!("{:.1}ms", nanos / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_ratios_have_more_figures() {
        assert_eq!(
            [0.123, 0.951, 1.03, 1.26, 9.94, 9.96, 83.4].map(figures),
            ["0.12", "0.95", "1.03", "1.3", "9.9", "10", "83"]
        );
        assert_eq!(range(1.2, 0.96, 12.04), "1.0~12.0");
    }

    #[test]
    fn times_carry_a_fitting_unit() {
        assert_eq!(
            [12.34, 1234.0, 5.6e6].map(duration),
            ["12.3ns", "1.2µs", "5.6ms"]
        );
    }
}
