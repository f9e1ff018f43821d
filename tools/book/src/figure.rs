//! 그림. 원본은 쪽 옆의 `figures/이름.mmd`이고, 그려 둔 `이름.svg`가 쪽에 들어간다.

use std::fs;
use std::path::{Path, PathBuf};

/// 그림 하나의 원본과 그려 둔 것.
#[derive(Debug)]
pub struct Figure {
    /// 저장소 뿌리에서 본 원본.
    pub source: PathBuf,
    /// 저장소 뿌리에서 본 SVG.
    pub svg: PathBuf,
}

/// 쪽 `page`가 부르는 그림 `name`.
pub fn locate(page: &Path, name: &str) -> Figure {
    let dir = page.parent().unwrap_or(Path::new("")).join("figures");
    Figure {
        source: dir.join(format!("{name}.mmd")),
        svg: dir.join(format!("{name}.svg")),
    }
}

impl Figure {
    /// 쪽에 들어가는 HTML. 그림과, 그림을 보지 못하는 사람이 읽을 글이 함께 있다.
    ///
    /// # Errors
    ///
    /// 원본이나 SVG나 설명이 없거나, SVG가 원본보다 낡았으면 한 줄의 설명을 돌려준다.
    pub fn to_html(&self, root: &Path) -> Result<String, String> {
        let source = fs::read_to_string(root.join(&self.source))
            .map_err(|_| format!("그림의 원본이 없습니다: {}", self.source.display()))?;
        let line = |key: &str| {
            source
                .lines()
                .find_map(|line| line.trim().strip_prefix(key))
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .ok_or_else(|| format!("{}: '{key}' 줄이 없습니다", self.source.display()))
        };
        let (title, description) = (line("accTitle:")?, line("accDescr:")?);
        let svg = fs::read_to_string(root.join(&self.svg)).map_err(|_| {
            format!(
                "그림을 아직 그리지 않았습니다: {} (`cargo book figures`로 그립니다)",
                self.svg.display()
            )
        })?;
        if !svg.starts_with(&stamp(&source)) {
            return Err(format!(
                "그림이 원본보다 낡았습니다: {} (`cargo book figures`로 다시 그립니다)",
                self.svg.display()
            ));
        }
        let svg: String = svg.lines().skip(1).collect();
        let (title, description) = (
            crate::measured::escape(title),
            crate::measured::escape(description),
        );
        Ok(format!(
            "<figure class=\"drawn\"><div class=\"canvas\" tabindex=\"0\" role=\"group\" aria-label=\"{title}\">{svg}</div>\
             <figcaption>{title}<details><summary>글로 읽기</summary>{description}</details></figcaption></figure>"
        ))
    }
}

/// SVG의 첫 줄. 원본이 바뀌면 달라지므로 낡은 그림을 알아본다.
pub fn stamp(source: &str) -> String {
    // FNV-1a. 낡은 것을 알아보는 데에는 이것으로 충분하다.
    let hash = source
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
    format!("<!-- {hash:016x} -->\n")
}
