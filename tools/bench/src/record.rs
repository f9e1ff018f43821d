//! 비율을 예제 옆의 `measured.toml`에 적는다.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, fs, io, thread};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::measure::Comparison;
use crate::table::{figures, range};

/// 값을 다시 얻는 명령. 이 명령으로 얻은 값만 고쳐 적는다.
pub const COMMAND: &str = if cfg!(feature = "mimalloc") {
    "cargo run --release -p bench --features mimalloc"
} else {
    "cargo run --release -p bench"
};

/// 열쇠의 끝. 할당자를 바꾸어 잰 것을 따로 적는다.
const SUFFIX: &str = if cfg!(feature = "mimalloc") {
    "-mimalloc"
} else {
    ""
};

/// 누가 언제 잰 것인지.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// 기계.
    pub machine: String,
    /// 날. `2026-11-20` 꼴.
    pub date: String,
}

impl Stamp {
    /// 이 기계와 오늘. 날은 세계 표준시로 센다.
    pub fn now() -> Stamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let days = since.map_or(0, |since| since.as_secs() / 86_400);
        Stamp {
            machine: machine(),
            date: date(days as i64),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Entry {
    value: String,
    unit: String,
    command: String,
    machine: String,
    date: String,
}

/// 견준 것을 예제의 폴더마다 적고, 적은 파일을 돌려준다.
///
/// 열쇠에 비율을, 열쇠에 `-spread`를 붙인 이름에 가운데 절반을 적는다. 다른 명령으로 얻은 값은 그대로 둔다.
///
/// # Errors
///
/// 파일을 읽거나 쓸 수 없거나, 있던 파일이 `measured.toml`의 꼴이 아니면 까닭을 돌려준다.
pub fn write(root: &Path, found: &[Comparison], stamp: &Stamp) -> Result<Vec<PathBuf>> {
    let mut groups: BTreeMap<&str, Vec<&Comparison>> = BTreeMap::new();
    for one in found {
        for listing in [one.group.listing].iter().chain(one.group.also) {
            groups.entry(listing).or_default().push(one);
        }
    }
    let mut written = Vec::new();
    for (listing, found) in groups {
        let file = Path::new(listing).join("measured.toml");
        merge(&root.join(&file), &found, stamp).with_context(|| file.display().to_string())?;
        written.push(file);
    }
    Ok(written)
}

fn merge(file: &Path, found: &[&Comparison], stamp: &Stamp) -> Result<()> {
    let old = match fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        read => read?,
    };
    let mut entries: BTreeMap<String, Entry> = toml::from_str(&old)?;
    entries.retain(|_, entry| entry.command != COMMAND);
    for one in found {
        let entry = |value| Entry {
            value,
            unit: "배".into(),
            command: COMMAND.into(),
            machine: stamp.machine.clone(),
            date: stamp.date.clone(),
        };
        let ratio = &one.ratio;
        let spread = range(ratio.median, ratio.low, ratio.high);
        let key = format!("{}{SUFFIX}", one.key);
        entries.insert(format!("{key}-spread"), entry(spread));
        entries.insert(key, entry(figures(ratio.median)));
    }
    fs::write(file, toml::to_string(&entries)?)?;
    Ok(())
}

/// 기계의 이름. 호스트의 이름은 적지 않는다.
fn machine() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = model(&info).unwrap_or(env::consts::ARCH);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let system = match env::consts::OS {
        "linux" => "Linux",
        "macos" => "macOS",
        "windows" => "Windows",
        other => other,
    };
    format!("{model}, 코어 {cores}개, {system}")
}

fn model(info: &str) -> Option<&str> {
    let line = info.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim())
}

/// 1970년 1월 1일에서 `days`일 뒤의 날.
///
/// Howard Hinnant의 "chrono-Compatible Low-Level Date Algorithms"에 있는 `civil_from_days`.
fn date(days: i64) -> String {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let years = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * years + years / 4 - years / 100);
    let shifted = (5 * of_year + 2) / 153; // 3월이 0이다.
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = years + era * 400 + i64::from(month <= 2);
    format!("{year}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use book::measured;

    use super::*;
    use crate::case::{Group, Unit};
    use crate::stats::Spread;

    const GROUP: Group = Group {
        name: "made_up",
        listing: "listings/made-up",
        also: &["listings/made-up-too"],
    };

    fn found(key: &str, ratio: f64) -> Comparison {
        Comparison {
            group: &GROUP,
            key: key.into(),
            about: "일".into(),
            unit: Unit::Time,
            ratio: Spread::of(&[ratio * 0.9, ratio, ratio * 1.1]),
            ours: ratio,
            peer: 1.0,
        }
    }

    fn stamp() -> Stamp {
        Stamp {
            machine: "\"이름\", 코어 2개".into(),
            date: "2026-11-20".into(),
        }
    }

    fn folder() -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("임시 폴더");
        for listing in [GROUP.listing, GROUP.also[0]] {
            fs::create_dir_all(dir.path().join(listing)).expect("예제의 폴더");
        }
        dir
    }

    #[test]
    fn the_book_reads_what_is_written() {
        let dir = folder();
        let written =
            write(dir.path(), &[found("ready-own-futures", 2.0)], &stamp()).expect("적는다");
        let files = [
            "listings/made-up/measured.toml",
            "listings/made-up-too/measured.toml",
        ];
        assert_eq!(written, files.map(Path::new));
        let find = |key| measured::find(dir.path(), &written[0], key).expect("책이 읽는다");
        let ratio = find("ready-own-futures");
        assert_eq!((ratio.value.as_str(), ratio.unit.as_str()), ("2.0", "배"));
        assert_eq!(
            (ratio.command.as_str(), ratio.date.as_str()),
            (COMMAND, "2026-11-20")
        );
        assert_eq!(ratio.machine, "\"이름\", 코어 2개");
        assert_eq!(find("ready-own-futures-spread").value, "1.9~2.1");
    }

    #[test]
    fn values_of_other_commands_stay_and_old_ratios_go() {
        let dir = folder();
        let file = dir.path().join(GROUP.listing).join("measured.toml");
        let other = "[work]\nvalue = \"56.6\"\nunit = \"ms\"\ncommand = \"다른 명령\"\nmachine = \"기계\"\ndate = \"2026-01-01\"\n";
        fs::write(&file, other).expect("적어 둔다");
        write(dir.path(), &[found("old", 1.0)], &stamp()).expect("적는다");
        write(dir.path(), &[found("new", 1.0)], &stamp()).expect("고쳐 적는다");
        let all = measured::read(dir.path(), &file).expect("책이 읽는다");
        assert_eq!(
            all.keys().collect::<Vec<_>>(),
            ["new", "new-spread", "work"]
        );
        assert_eq!(all["work"].value, "56.6");
    }

    #[test]
    fn a_broken_file_is_told_and_left() {
        let dir = folder();
        let file = dir.path().join(GROUP.listing).join("measured.toml");
        fs::write(&file, "깨진 파일").expect("적어 둔다");
        let error = write(dir.path(), &[found("new", 1.0)], &stamp()).expect_err("읽을 수 없다");
        assert!(format!("{error:#}").starts_with("listings/made-up/measured.toml: "));
        assert_eq!(fs::read_to_string(&file).expect("남아 있다"), "깨진 파일");
    }

    #[test]
    fn days_become_dates() {
        let days = [0, 58, 59, 11_016, 20_777];
        let dates = [
            "1970-01-01",
            "1970-02-28",
            "1970-03-01",
            "2000-02-29",
            "2026-11-20",
        ];
        assert_eq!(days.map(date), dates);
    }

    #[test]
    fn the_machine_is_named_by_its_processor() {
        let info = "processor\t: 0\nmodel name\t: AMD EPYC 7B13\nmodel name\t: 둘째\n";
        assert_eq!(model(info), Some("AMD EPYC 7B13"));
        assert_eq!(model("processor\t: 0\n"), None);
        assert!(machine().contains(", 코어 "));
    }
}
