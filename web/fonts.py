"""글꼴을 책이 쓰는 글자만 남기고 자른다. `cargo book fonts`가 부른다.

표준 입력으로 {"sans": 글자들, "mono": 글자들}을 받아 theme/fonts에 woff2를 적고, 파일마다 든 글자를
표준 출력으로 낸다. 자른 글꼴은 고친 판이라 OFL에 따라 본디 이름을 쓰지 않고 Book Sans와 Book Mono로 부른다.
"""

import json
import re
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

WEB = Path(__file__).parent
PACKAGES = WEB / "node_modules"
FONTS = WEB.parent / "theme" / "fonts"
PRETENDARD = PACKAGES / "pretendard" / "dist"
D2CODING = PACKAGES / "d2coding" / "fonts" / "d2coding-full.ttf"
# 자주 쓰는 한글 묶음을 이만큼 더 넣는다. 새 낱말을 쓸 때마다 글꼴을 다시 자르지 않게 하려는 여유이다.
MARGIN = 10
ASCII = "".join(map(chr, range(0x20, 0x7F)))


def common_hangul():
    """Pretendard가 웹용으로 나눈 묶음은 번호가 클수록 자주 쓰는 글자다. 뒤에서부터 한글만 모은다."""
    css = (PRETENDARD / "web/static/pretendard-dynamic-subset.css").read_text()
    ranges = re.findall(r"Regular\.subset\.(\d+)\.woff2.*?unicode-range: ([^;]+);", css, re.S)
    ranges.sort(key=lambda found: -int(found[0]))
    chars = set()
    for _, text in ranges[:MARGIN]:
        for first, last in re.findall(r"U\+([0-9a-f]+)(?:-([0-9a-f]+))?", text, re.I):
            chars.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return {c for c in chars if "가" <= c <= "힣"}


def has(path):
    return {chr(code) for code in TTFont(path, lazy=True).getBestCmap()}


def cut(source, chars, family, style, edit=lambda font: None):
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = ["kern", "ccmp", "tnum"]
    options.name_IDs = [0, 7, 8, 9, 11, 13, 14]
    options.drop_tables += ["FFTM"]
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(chars))
    subsetter.subset(font)
    edit(font)
    full = f"{family} {style}"
    for number, text in ((1, family), (2, style), (3, full), (4, full), (6, full.replace(" ", "-"))):
        font["name"].setName(text, number, 3, 1, 0x409)
    # 본디 글꼴의 때를 그대로 두어 언제 잘라도 같은 파일이 나오게 한다.
    font.recalcTimestamp = False
    name = f"{family.split()[1].lower()}-{style.lower()}.woff2"
    subset.save_font(font, FONTS / name, options)
    return name, FONTS / name


def mend_mono(font):
    """D2Coding의 세로줄은 가운데가 끊긴 막대라 클로저의 인수가 갈라져 보인다. 이어진 막대로 그린다."""
    cmap, metrics = font.getBestCmap(), font["hmtx"]
    pen = TTGlyphPen(None)
    left, right, bottom, top = 222, 278, -150, 800
    pen.moveTo((left, bottom))
    for point in ((left, top), (right, top), (right, bottom)):
        pen.lineTo(point)
    pen.closePath()
    bar = cmap[ord("|")]
    font["glyf"][bar] = glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    metrics[bar] = (500, left)
    # 한글은 꼭 두 칸, 아스키는 한 칸이어야 출력의 줄이 맞는다.
    for code, name in cmap.items():
        wide = 0xAC00 <= code <= 0xD7A3
        if (wide or 0x20 <= code < 0x7F) and metrics[name][0] != (1000 if wide else 500):
            raise SystemExit(f"Error: 너비가 어긋난 글자: {chr(code)}")


def spans(codes):
    """이어진 코드를 `20-7e`처럼 묶는다."""
    out = []
    for code in sorted(codes):
        if out and out[-1][1] == code - 1:
            out[-1][1] = code
        else:
            out.append([code, code])
    return " ".join(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in out)


def licences():
    text = (PRETENDARD / "LICENSE.txt").read_text()
    (FONTS / "OFL-Pretendard.txt").write_text(text)
    names = {n.nameID: str(n) for n in TTFont(D2CODING, lazy=True)["name"].names if n.langID == 0x409}
    body = text[text.index("This Font Software is licensed") :]
    (FONTS / "OFL-D2Coding.txt").write_text(f"{names[0]}\n{names[7]}\n{names[9]}\n\n{body}")


def main():
    wanted = json.load(sys.stdin)
    margin = common_hangul()
    regular, bold = (PRETENDARD / f"web/static/woff2/Pretendard-{s}.woff2" for s in ("Regular", "Bold"))
    in_sans, in_mono = has(regular) & has(bold), has(D2CODING)
    sans, mono = set(wanted["sans"] + ASCII) | margin, set(wanted["mono"] + ASCII) | margin
    # 본문 글꼴에 없는 것은 코드 글꼴이 맡는다.
    mono |= sans - in_sans
    if missing := sorted((mono - in_mono) & set(wanted["sans"] + wanted["mono"])):
        listed = ", ".join(f"{c} (U+{ord(c):04X})" for c in missing)
        raise SystemExit(f"Error: 어느 글꼴에도 없는 글자: {listed}")
    FONTS.mkdir(parents=True, exist_ok=True)
    made = [
        cut(regular, sans & in_sans, "Book Sans", "Regular"),
        cut(bold, sans & in_sans, "Book Sans", "Bold"),
        cut(D2CODING, mono & in_mono, "Book Mono", "Regular", mend_mono),
    ]
    licences()
    json.dump({name: spans(TTFont(path).getBestCmap()) for name, path in made}, sys.stdout)


main()
