//! 기록된 출력. 예제를 짓고, 돌리고, `output.txt`와 견주거나 새로 적는다.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

use anyhow::{Context, Result, bail};

use crate::book_dir::Listing;
use crate::process::run_limited;
use crate::story;

/// 이 시간 안에 끝나지 않는 예제는 멈춘 것으로 본다. 예제는 3초 안에 끝나게 쓰지만 바쁜 기계를 생각해 넉넉히 둔다.
pub const LIMIT: Duration = Duration::from_secs(60);

/// 예제들을 짓고 패키지 이름마다 실행 파일의 경로를 돌려준다.
///
/// # Errors
///
/// 컴파일되지 않으면 컴파일러의 말과 함께 오류를 돌려준다.
pub fn build(root: &Path, listings: &[Listing]) -> Result<BTreeMap<String, PathBuf>> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root).args([
        "build",
        "--quiet",
        "--bins",
        "--message-format=json-render-diagnostics",
    ]);
    for listing in listings {
        cargo.args(["--package", &listing.package]);
    }
    let output = cargo.output().context("cargo를 실행할 수 없습니다")?;
    if !output.status.success() {
        bail!(
            "예제가 컴파일되지 않습니다\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let mut found = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        if let (Some(name), Some(path)) = (
            message["target"]["name"].as_str(),
            message["executable"].as_str(),
        ) {
            found.insert(name.to_owned(), PathBuf::from(path));
        }
    }
    Ok(found)
}

/// 예제 하나를 빈 폴더에서 돌려 표준 출력을 돌려준다.
///
/// # Errors
///
/// 시간 안에 끝나지 않거나 실패로 끝나면, 그때까지의 출력과 함께 오류를 돌려준다.
pub fn run(package: &str, executable: &Path, limit: Duration) -> Result<String> {
    let dir = tempfile::tempdir().context("임시 폴더를 만들 수 없습니다")?;
    let run = run_limited(Command::new(executable).current_dir(dir.path()), limit)
        .with_context(|| format!("{package}: 실행할 수 없습니다"))?;
    let Some(status) = run.status else {
        bail!(
            "{package}: {}초 안에 끝나지 않아 끝냈습니다. 교착 상태이거나 끝없는 반복입니다.\n그때까지의 출력은 이렇습니다.\n{}{}",
            limit.as_secs(),
            run.stdout,
            run.stderr
        );
    };
    if !status.success() {
        bail!(
            "{package}: 실패로 끝났습니다 ({status})\n{}{}",
            run.stdout,
            run.stderr
        );
    }
    Ok(run.stdout)
}

/// 새 출력이 기록과 같은지 본다.
///
/// # Errors
///
/// 기록이 없거나 다르면 사람이 읽을 차이와 함께 오류를 돌려준다.
pub fn compare(root: &Path, listing: &Listing, actual: &str) -> Result<()> {
    let file = listing.dir().join("output.txt");
    let Ok(recorded) = fs::read_to_string(root.join(&file)) else {
        bail!(
            "{}: 기록된 출력이 없습니다. `cargo book record {}`로 적으세요",
            file.display(),
            listing.package
        );
    };
    match story::difference(&recorded, actual) {
        None => Ok(()),
        Some(diff) => bail!(
            "{}: 출력이 기록과 다릅니다. 바뀐 것이 옳으면 `cargo book record {}`로 다시 적으세요\n{diff}",
            file.display(),
            listing.package
        ),
    }
}

/// 예제들의 출력을 새로 적는다. 무엇이 바뀌었는지 한 줄씩 찍는다.
///
/// # Errors
///
/// 짓거나 돌리거나 쓸 수 없으면 오류를 돌려준다.
pub fn record(root: &Path, listings: &[Listing]) -> Result<()> {
    let built = build(root, listings)?;
    for listing in listings {
        let executable = built
            .get(&listing.package)
            .with_context(|| format!("{}: 실행 파일이 없습니다", listing.package))?;
        let actual = run(&listing.package, executable, LIMIT)?;
        let file = root.join(listing.dir()).join("output.txt");
        let old = fs::read_to_string(&file).ok();
        let same = old.is_some_and(|old| story::difference(&old, &actual).is_none());
        if same {
            println!("그대로  {}", listing.package);
            continue;
        }
        fs::write(&file, actual).with_context(|| format!("{}: 쓸 수 없습니다", file.display()))?;
        println!("적음    {}", listing.package);
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// 예제 노릇을 하는 셸 스크립트.
    fn script(body: &str) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().expect("임시 폴더");
        let path = dir.path().join("listing");
        fs::write(&path, format!("#!/bin/sh\n{body}\n")).expect("쓴다");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("실행할 수 있게 한다");
        (dir, path)
    }

    fn complaint(body: &str) -> String {
        let (_dir, path) = script(body);
        let error = run("ch01-01-x", &path, Duration::from_millis(500)).expect_err("실패해야 한다");
        format!("{error:#}")
    }

    #[test]
    fn a_listing_that_hangs_is_ended_and_its_output_shown() {
        let said = complaint("echo 여기까지; exec sleep 600");
        assert!(
            said.contains("ch01-01-x") && said.contains("끝나지 않아 끝냈습니다"),
            "{said}"
        );
        assert!(said.contains("여기까지"), "{said}");
    }

    #[test]
    fn a_listing_that_fails_is_told() {
        let said = complaint("echo 나쁨 >&2; exit 3");
        assert!(
            said.contains("실패로 끝났습니다") && said.contains("나쁨"),
            "{said}"
        );
    }

    #[test]
    fn output_that_differs_is_shown_as_a_difference() {
        let root = tempfile::tempdir().expect("임시 폴더");
        let listing = Listing {
            chapter: "ch01-x".into(),
            section: "01-y".into(),
            package: "ch01-01-y".into(),
        };
        let said = format!(
            "{:#}",
            compare(root.path(), &listing, "a\n").expect_err("기록이 없다")
        );
        assert!(said.contains("기록된 출력이 없습니다"), "{said}");
        fs::create_dir_all(root.path().join(listing.dir())).expect("폴더");
        fs::write(
            root.path().join(listing.dir()).join("output.txt"),
            "하나\n둘\n",
        )
        .expect("쓴다");
        assert!(compare(root.path(), &listing, "하나\n둘\n").is_ok());
        let said = format!(
            "{:#}",
            compare(root.path(), &listing, "하나\n셋\n").expect_err("다르다")
        );
        assert!(
            said.contains("-둘\n+셋") && said.contains("cargo book record ch01-01-y"),
            "{said}"
        );
    }
}
