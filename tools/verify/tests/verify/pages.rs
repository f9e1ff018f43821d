//! 쪽의 검사. 링크, 앵커, 짝, 용어, 검사되지 않는 것.

use std::sync::Arc;

use anyhow::ensure;
use book::preprocess::Broken;
use libtest_mimic::Trial;

use crate::{Shared, trial};

/// 찾은 문제가 하나도 없어야 한다.
fn none(found: anyhow::Result<Vec<book::Problem>>) -> anyhow::Result<()> {
    let problems = found?;
    ensure!(problems.is_empty(), Broken(problems));
    Ok(())
}

pub fn trials(book: &Shared) -> Vec<Trial> {
    let (fonts, figures) = (Arc::clone(book), Arc::clone(book));
    let (theme, epub) = (Arc::clone(book), Arc::clone(book));
    let (all, site, plain) = (Arc::clone(book), Arc::clone(book), Arc::clone(book));
    vec![
        trial("pages::fonts_hold_every_character".into(), move || {
            none(book::fonts::check(&fonts.root))
        }),
        trial("pages::figures_are_fresh_and_used".into(), move || {
            none(book::figure::check(&figures.root))
        }),
        trial(
            "pages::the_theme_is_made_from_mdbooks_own".into(),
            move || book::theme::check(&theme.root),
        ),
        trial("pages::the_epub_is_well_formed".into(), move || {
            book::epub::check::check(&epub.root)
        }),
        trial("pages::nothing_is_broken_or_unverified".into(), move || {
            let problems = all.problems()?;
            ensure!(problems.is_empty(), Broken(problems));
            Ok(())
        }),
        trial("pages::the_site_builds".into(), move || {
            let dest = tempfile::tempdir()?;
            book::site::build(&site.root, dest.path())?;
            for page in &site.pages {
                let html = page.file.strip_prefix("src")?.with_extension("html");
                let html = dest
                    .path()
                    .join(html.to_string_lossy().replace("README.html", "index.html"));
                let text = std::fs::read_to_string(&html)?;
                ensure!(
                    !text.contains("{{#"),
                    "{}: 풀리지 않은 지시문이 있습니다",
                    html.display()
                );
            }
            Ok(())
        }),
        trial(
            "pages::plain_mdbook_builds_the_same_site".into(),
            move || {
                // `mdbook build`가 하는 일 그대로이다. 전처리기는 book.toml에 적힌 명령으로 돈다.
                let (ours, theirs) = (tempfile::tempdir()?, tempfile::tempdir()?);
                book::site::build(&plain.root, ours.path())?;
                let mut mdbook = mdbook_driver::MDBook::load(&plain.root)?;
                mdbook.config.build.build_dir = theirs.path().to_path_buf();
                mdbook.build()?;
                for page in &plain.pages {
                    let name = page.file.strip_prefix("src")?.with_extension("html");
                    let name = name.to_string_lossy().replace("README.html", "index.html");
                    let [ours, theirs] =
                        [&ours, &theirs].map(|dir| std::fs::read(dir.path().join(&name)));
                    ensure!(ours? == theirs?, "{name}: `mdbook build`의 결과가 다릅니다");
                }
                Ok(())
            },
        ),
    ]
}
