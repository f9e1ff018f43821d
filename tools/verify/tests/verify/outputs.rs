//! 기록된 출력. 예제를 모두 한 번에 짓고, 하나씩 돌려 `output.txt`와 견준다.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use anyhow::{Context, anyhow};
use book::record;
use libtest_mimic::Trial;

use crate::{Shared, trial};

type Built = Result<BTreeMap<String, PathBuf>, String>;

pub fn trials(book: &Shared) -> Vec<Trial> {
    // 먼저 온 시험이 짓고 나머지는 그 결과를 쓴다.
    static BUILT: OnceLock<Built> = OnceLock::new();
    book.listings
        .iter()
        .cloned()
        .map(|listing| {
            let book = Arc::clone(book);
            trial(format!("outputs::{}", listing.package), move || {
                let built = BUILT.get_or_init(|| {
                    record::build(&book.root, &book.listings).map_err(|error| format!("{error:#}"))
                });
                let built = built.as_ref().map_err(|message| anyhow!("{message}"))?;
                let executable = built
                    .get(&listing.package)
                    .context("실행 파일이 없습니다")?;
                let actual = record::run(&listing.package, executable, record::LIMIT)?;
                record::compare(&book.root, &listing, &actual)
            })
        })
        .collect()
}
