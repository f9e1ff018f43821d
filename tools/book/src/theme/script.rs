//! `book.js`에서 바꿀 곳.

use super::Edit;

/// 위에서 아래로, 틀에 나오는 차례이다.
pub const EDITS: &[Edit] = &[
    // 쓰지 않기로 한 이벤트라 브라우저가 경고하고, 뒤로 가기도 느려진다.
    Edit(
        "// Fix back button cache problem\nwindow.onunload = function() { };\n",
        1,
        "",
    ),
    // 놀이터에 코드를 보내는 길. 책은 쓰지 않지만(`runnable = false`) 켜더라도 한국어로 말한다.
    Edit("'Running...'", 1, "'돌리는 중 …'"),
    Edit("'No output'", 1, "'출력이 없습니다'"),
    Edit(
        "'Playground Communication: '",
        1,
        "'놀이터에 닿지 못했습니다: '",
    ),
    Edit(
        "runCodeButton.title = 'Run this code'",
        1,
        "runCodeButton.title = '이 코드 돌리기'",
    ),
    Edit(
        "undoChangesButton.title = 'Undo changes'",
        1,
        "undoChangesButton.title = '고친 것 되돌리기'",
    ),
    // 강조색은 화면에 가까워진 블록부터 칠한다. 한꺼번에 칠하면 긴 쪽이 열릴 때 멈칫한다.
    Edit(
        "    } else {
        code_nodes.forEach(function(block) {
            hljs.highlightBlock(block);
        });
    }
",
        1,
        "    } else {
        const named = code_nodes.filter(block => /language-(?!text)/.test(block.className));
        const near = new IntersectionObserver(entries => {
            entries.filter(entry => entry.isIntersecting).forEach(entry => {
                near.unobserve(entry.target);
                hljs.highlightBlock(entry.target);
            });
        }, { rootMargin: '800px' });
        named.forEach(block => near.observe(block));
        // 종이에는 모두 칠해서 낸다.
        window.addEventListener('beforeprint', () => named.forEach(block => {
            near.unobserve(block);
            if (!block.querySelector('[class^=hljs-]')) {
                hljs.highlightBlock(block);
            }
        }));
    }
",
    ),
    // 숨긴 줄을 여는 단추.
    Edit(
        r#"'<button title="Show hidden lines" \
aria-label="Show hidden lines"></button>'"#,
        1,
        r#"'<button title="숨긴 줄 보기" \
aria-label="숨긴 줄 보기"></button>'"#,
    ),
    Edit(
        "this.title === 'Show hidden lines'",
        1,
        "this.title === '숨긴 줄 보기'",
    ),
    Edit(
        "this.title = 'Hide lines'",
        1,
        "this.title = '숨긴 줄 감추기'",
    ),
    Edit(
        "this.title === 'Hide lines'",
        1,
        "this.title === '숨긴 줄 감추기'",
    ),
    Edit(
        "this.title = 'Show hidden lines'",
        1,
        "this.title = '숨긴 줄 보기'",
    ),
    // 단추 안의 그림을 누르면 target은 그림이라 이름이 비어 버린다.
    Edit(
        "this.setAttribute('aria-label', e.target.title)",
        2,
        "this.setAttribute('aria-label', this.title)",
    ),
    Edit(
        "buttons.firstChild.addEventListener('click', function(e) {",
        1,
        "buttons.firstChild.addEventListener('click', function() {",
    ),
    // 출력은 베껴 쓸 것이 아니므로 단추를 달지 않는다.
    Edit(
        "document.querySelectorAll('pre code')",
        1,
        "document.querySelectorAll('pre code:not(.language-text)')",
    ),
    Edit(
        "clipButton.title = 'Copy to clipboard'",
        1,
        "clipButton.title = '코드 복사'",
    ),
    Edit(
        "copyCodeClipboardButton.title = 'Copy to clipboard'",
        1,
        "copyCodeClipboardButton.title = '코드 복사'",
    ),
    // 테마마다 스타일시트를 바꿔 끼우던 것. 강조색이 변수가 되어 할 일이 없다.
    Edit(
        "    const stylesheets = {
        ayuHighlight: document.querySelector('#mdbook-ayu-highlight-css'),
        tomorrowNight: document.querySelector('#mdbook-tomorrow-night-css'),
        highlight: document.querySelector('#mdbook-highlight-css'),
    };
",
        1,
        "",
    ),
    Edit(
        "            stylesheets.ayuHighlight.disabled = true;
            stylesheets.tomorrowNight.disabled = false;
            stylesheets.highlight.disabled = true;

",
        1,
        "",
    ),
    Edit(
        "            stylesheets.ayuHighlight.disabled = false;
            stylesheets.tomorrowNight.disabled = true;
            stylesheets.highlight.disabled = true;
",
        1,
        "",
    ),
    Edit(
        "            stylesheets.ayuHighlight.disabled = true;
            stylesheets.tomorrowNight.disabled = true;
            stylesheets.highlight.disabled = false;
",
        1,
        "",
    ),
    // 차례를 여닫는 것이 label이라 자판으로 닿지 않았다. 단추로 바꾸었으니 체크 상자를 손수 뒤집는다.
    Edit(
        "            sidebar.offsetHeight;
        }
    });
",
        1,
        "            sidebar.offsetHeight;
        }
        sidebarCheckbox.checked = !sidebarCheckbox.checked;
        sidebarCheckbox.dispatchEvent(new Event('change'));
    });
",
    ),
    // 도움말이 열리면 초점을 옮기고, 닫히면 돌려놓는다.
    Edit(
        "            container.style.display = 'flex';\n",
        1,
        "            const focused = document.activeElement;
            container.style.display = 'flex';
            overlay.focus();
            overlay.onblur = () => hideHelp();
            overlay.restore = () => focused && focused.focus();\n",
    ),
    Edit(
        "            document.getElementById('mdbook-help-container').style.display = 'none';\n",
        1,
        "            const overlay = document.getElementById('mdbook-help-popup');
            overlay.onblur = null;
            document.getElementById('mdbook-help-container').style.display = 'none';
            overlay.restore();\n",
    ),
    // 숨긴 줄은 펼쳐 놓았더라도 베끼지 않고, 명령은 앞의 `$ `를 뺀다.
    Edit(
        "            return playground_text(playground, false);\n",
        1,
        "            const code = playground.querySelector('code').cloneNode(true);
            code.querySelectorAll('.boring').forEach(line => line.remove());
            return code.classList.contains('language-console')
                ? code.textContent.replace(/^\\$ /gm, '').trim()
                : code.textContent;\n",
    ),
    Edit("'Copied!'", 1, "'복사했습니다'"),
    Edit("'Clipboard error!'", 1, "'복사하지 못했습니다'"),
];
