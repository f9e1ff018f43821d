//! 시간의 그림. 기록된 출력의 한 대목을 줄마다 한 사건으로 읽어 SVG로 그린다.
//!
//! 사건의 줄은 `누구: 무엇`이고, 앞에 `[12ms]`처럼 때를 적을 수 있다. 출력은 테스트가 다시 돌려 견주므로
//! 그림도 실제로 일어난 순서이다. 순서가 정해지지 않은 줄(`~ `)이 있는 대목은 그리지 않는다.

use std::fmt::Write;

use crate::measured::escape;
use crate::story;

/// 사건 하나.
#[derive(Debug, PartialEq)]
struct Event<'a> {
    time: Option<&'a str>,
    lane: &'a str,
    text: &'a str,
}

const ROW: usize = 38;
const LANE: usize = 132;
const TOP: usize = 30;
const LEFT: usize = 40;

/// 대목 `name`의 그림. `section`은 그 대목의 출력이다.
///
/// # Errors
///
/// 사건으로 읽을 수 없는 줄이 있으면 그 줄을 말한다.
pub fn to_html(name: &str, section: &str) -> Result<String, String> {
    let shared = story::shared_lines(section);
    let events = parse(&shared)?;
    let mut lanes: Vec<&str> = Vec::new();
    for event in &events {
        if !lanes.contains(&event.lane) {
            lanes.push(event.lane);
        }
    }
    let title = escape(&format!("{name}: 출력에 적힌 순서"));
    let told: Vec<String> = events
        .iter()
        .enumerate()
        .map(|(at, event)| format!("{}. {}: {}", at + 1, event.lane, event.text))
        .collect();
    Ok(format!(
        "<figure class=\"drawn timeline\"><div class=\"canvas\" role=\"group\" aria-label=\"{title}\">{}</div>\
         <figcaption>{title}</figcaption></figure>",
        svg(&events, &lanes, &title, &escape(&told.join(", ")))
    ))
}

fn parse(section: &str) -> Result<Vec<Event<'_>>, String> {
    let mut events = Vec::new();
    for line in section
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("== "))
    {
        if line.starts_with("~ ") {
            return Err(format!(
                "순서가 정해지지 않은 줄은 그릴 수 없습니다: {line}"
            ));
        }
        let (time, rest) = match line
            .strip_prefix('[')
            .and_then(|rest| rest.split_once("] "))
        {
            Some((time, rest)) => (Some(time.trim()), rest),
            None => (None, line),
        };
        let (lane, text) = rest
            .split_once(": ")
            .ok_or_else(|| format!("'누구: 무엇' 꼴이 아니라 그릴 수 없는 줄입니다: {line}"))?;
        events.push(Event { time, lane, text });
    }
    match events.is_empty() {
        true => Err("그릴 사건이 없습니다".to_owned()),
        false => Ok(events),
    }
}

fn svg(events: &[Event], lanes: &[&str], title: &str, told: &str) -> String {
    let times = events.iter().any(|event| event.time.is_some());
    let left = LEFT + if times { 58 } else { 0 };
    let at_lane =
        |lane: &str| left + LANE * lanes.iter().position(|known| *known == lane).unwrap_or(0) + 24;
    let at_row = |row: usize| TOP + 34 + ROW * row;
    let height = at_row(events.len()) - 8;
    let reach = |event: &Event| at_lane(event.lane) + 16 + width(event.text);
    let width = events
        .iter()
        .map(reach)
        .chain(lanes.iter().map(|lane| at_lane(lane) + width(lane)))
        .max()
        .unwrap_or(0)
        + 12;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         style=\"--figure-width:{width}px\" role=\"img\" aria-label=\"{title}. {told}\">"
    );
    for lane in lanes {
        let x = at_lane(lane);
        let _ = write!(
            out,
            "<path class=\"life\" d=\"M{x} {}V{height}\"/><text class=\"name\" x=\"{x}\" y=\"{TOP}\">{}</text>",
            TOP + 10,
            escape(lane)
        );
    }
    for (row, event) in events.iter().enumerate() {
        let (x, y) = (at_lane(event.lane), at_row(row));
        out.push_str("<g class=\"step\">");
        if let Some(before) = row.checked_sub(1).map(|before| &events[before]) {
            let (from, up) = (at_lane(before.lane), at_row(row - 1));
            let _ = write!(
                out,
                "<path class=\"line\" d=\"M{from} {up}C{from} {y} {x} {up} {x} {y}\"/>"
            );
        }
        let _ = write!(
            out,
            "<circle class=\"head\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/>\
             <text class=\"number\" x=\"20\" y=\"{base}\">{}</text>\
             <text class=\"told over\" x=\"{}\" y=\"{base}\">{}</text>",
            row + 1,
            x + 14,
            escape(event.text),
            base = y + 5,
        );
        if let Some(time) = event.time {
            let _ = write!(
                out,
                "<text class=\"number\" x=\"62\" y=\"{}\">{}</text>",
                y + 5,
                escape(time)
            );
        }
        out.push_str("</g>");
    }
    out.push_str("</svg>");
    out
}

/// 15픽셀로 쓴 글의 너비를 넉넉하게 어림한다. 한 줄에 글이 하나뿐이라 어림으로 충분하다.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| if c.is_ascii() { 9 } else { 14 })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_becomes_steps_in_the_order_of_the_output() {
        let section = "== 콜백 ==\n편집기: 열기\n[Rust] 스레드: worker-0\n[ 12ms] 디스크: 읽음 <1>\n편집기: 올림\n";
        let html = to_html("콜백", section).expect("그릴 수 있다");
        assert_eq!(html.matches("<g class=\"step\">").count(), 3);
        assert_eq!(html.matches("class=\"life\"").count(), 2);
        assert!(
            html.contains("1. 편집기: 열기, 2. 디스크: 읽음 &lt;1&gt;, 3. 편집기: 올림"),
            "{html}"
        );
        assert!(
            html.contains(">12ms</text>") && !html.contains("worker-0"),
            "{html}"
        );
        roxmltree::Document::parse(&html).expect("XML이다");
    }

    #[test]
    fn lines_that_are_not_events_are_refused() {
        let refused = |section: &str| to_html("가", section).expect_err("그릴 수 없다");
        assert!(refused("~ 편집기: 열기\n").contains("순서가 정해지지 않은"));
        assert!(refused("편집기: 열기\n그냥 글\n").contains("그냥 글"));
        assert!(refused("== 가 ==\n").contains("그릴 사건이 없습니다"));
    }
}
