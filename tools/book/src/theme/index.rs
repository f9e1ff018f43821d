//! `index.hbs`에서 바꿀 곳.

use super::Edit;

/// 위에서 아래로, 틀에 나오는 차례이다.
pub const EDITS: &[Edit] = &[
    // base_url은 404 쪽에만 있다. 그 쪽의 제목은 mdBook에 영어로 박혀 있다.
    Edit(
        "<title>{{ title }}</title>",
        1,
        "<title>{{#if base_url}}쪽을 찾지 못했습니다 - {{ book_title }}{{else}}{{ title }}{{/if}}</title>",
    ),
    // 강조색은 highlight.css 하나가 테마의 변수로 정한다.
    Edit(
        r#"        <link rel="stylesheet" id="mdbook-highlight-css" href="{{ resource "highlight.css" }}">
        <link rel="stylesheet" id="mdbook-tomorrow-night-css" href="{{ resource "tomorrow-night.css" }}">
        <link rel="stylesheet" id="mdbook-ayu-highlight-css" href="{{ resource "ayu-highlight.css" }}">
"#,
        1,
        r#"        <link rel="stylesheet" href="{{ resource "highlight.css" }}">
"#,
    ),
    // 도움말. 초점을 받을 수 있고 이름이 있는 대화 상자로 만든다.
    Edit(
        r#"<div id="mdbook-help-popup">
            <h2 class="mdbook-help-title">Keyboard shortcuts</h2>"#,
        1,
        r#"<div id="mdbook-help-popup" role="dialog" aria-modal="true" aria-labelledby="help-title" tabindex="-1">
            <h2 class="mdbook-help-title" id="help-title">단축키</h2>"#,
    ),
    Edit(
        "<p>Press <kbd>←</kbd> or <kbd>→</kbd> to navigate between chapters</p>",
        1,
        "<p><kbd>←</kbd> <kbd>→</kbd> 앞 쪽과 다음 쪽</p>",
    ),
    Edit(
        "<p>Press <kbd>S</kbd> or <kbd>/</kbd> to search in the book</p>",
        1,
        "<p><kbd>S</kbd> <kbd>/</kbd> 책에서 찾기</p>",
    ),
    Edit(
        "<p>Press <kbd>?</kbd> to show this help</p>",
        1,
        "<p><kbd>?</kbd> 이 도움말 보기</p>",
    ),
    Edit(
        "<p>Press <kbd>Esc</kbd> to hide this help</p>",
        1,
        "<p><kbd>Esc</kbd> 도움말 닫기</p>",
    ),
    // 자판으로 읽는 사람은 차례를 건너뛰고 본문으로 간다.
    Edit(
        "    <body>\n",
        1,
        "    <body>\n    <a class=\"skip-link\" href=\"#book-main\">본문으로 건너뛰기</a>\n",
    ),
    Edit(
        r#"aria-label="Table of contents">"#,
        1,
        r#"aria-label="차례">"#,
    ),
    // 스크립트가 없으면 옆의 차례를 펼 길이 없다. 대신 차례 쪽으로 가는 링크를 둔다.
    Edit(
        r#"            <noscript>
                <iframe class="sidebar-iframe-outer" src="{{ path_to_root }}toc.html"></iframe>
            </noscript>
"#,
        1,
        "",
    ),
    Edit(
        r#"<label id="mdbook-sidebar-toggle" class="icon-button" for="mdbook-sidebar-toggle-anchor" title="Toggle Table of Contents" aria-label="Toggle Table of Contents" aria-controls="mdbook-sidebar">
                            {{fa "solid" "bars"}}
                        </label>"#,
        1,
        r#"<noscript><a href="{{ path_to_root }}toc.html">차례</a></noscript>
                        <button id="mdbook-sidebar-toggle" class="icon-button" type="button" title="차례 여닫기" aria-label="차례 여닫기" aria-controls="mdbook-sidebar">
                            {{fa "solid" "bars"}}
                        </button>"#,
    ),
    Edit(
        r#"title="Change theme" aria-label="Change theme""#,
        1,
        r#"title="화면 색 바꾸기" aria-label="화면 색 바꾸기""#,
    ),
    Edit(r#"aria-label="Themes""#, 1, r#"aria-label="화면 색""#),
    Edit(">Auto</button>", 1, ">기기 설정대로</button>"),
    Edit(">Light</button>", 1, ">밝게</button>"),
    Edit(">Rust</button>", 1, ">종이</button>"),
    Edit(">Coal</button>", 1, ">숯</button>"),
    Edit(">Navy</button>", 1, ">밤하늘</button>"),
    Edit(">Ayu</button>", 1, ">어둡게</button>"),
    Edit(
        r#"title="Search (`/`)" aria-label="Toggle Searchbar""#,
        1,
        r#"title="책에서 찾기 (/)" aria-label="책에서 찾기""#,
    ),
    // 화면을 읽어 주는 프로그램이 메뉴와 찾기를 영역으로 건너다닐 수 있게 한다.
    Edit(
        r#"<div id="mdbook-menu-bar" class="menu-bar sticky">"#,
        1,
        r#"<div id="mdbook-menu-bar" class="menu-bar sticky" role="banner">"#,
    ),
    Edit(
        r#"<div id="mdbook-search-wrapper" class="hidden">"#,
        1,
        r#"<div id="mdbook-search-wrapper" class="hidden" role="search">"#,
    ),
    // 쪽마다 h1은 그 쪽의 제목 하나여야 한다.
    Edit(
        r#"<h1 class="menu-title">{{ book_title }}</h1>"#,
        1,
        r#"<div class="menu-title">{{ book_title }}</div>"#,
    ),
    Edit(
        r#"title="Print this book" aria-label="Print this book""#,
        1,
        r#"title="인쇄하기" aria-label="인쇄하기""#,
    ),
    Edit(
        r#"title="Git repository" aria-label="Git repository""#,
        1,
        r#"title="저장소" aria-label="저장소""#,
    ),
    Edit(
        r#"title="Suggest an edit" aria-label="Suggest an edit""#,
        1,
        r#"title="고칠 곳 알리기" aria-label="고칠 곳 알리기""#,
    ),
    Edit(
        r#"placeholder="Search this book ..." aria-controls="mdbook-searchresults-outer" aria-describedby="searchresults-header""#,
        1,
        r#"placeholder="찾을 말" aria-label="책에서 찾기" aria-controls="mdbook-searchresults-outer" aria-describedby="mdbook-searchresults-header""#,
    ),
    Edit(
        r#"<div id="mdbook-searchresults-header" class="searchresults-header">"#,
        1,
        r#"<div id="mdbook-searchresults-header" class="searchresults-header" role="status">"#,
    ),
    Edit("<main>", 1, r#"<main id="book-main" tabindex="-1">"#),
    // 앞 쪽과 다음 쪽은 제목과 함께 본문 끝에 한 번만 둔다. 클래스는 화살표 단축키가 찾는 것이다.
    Edit(NAV_WRAPPER, 1, NAV),
    Edit(NAV_WIDE, 1, ""),
    // 글이 먼저 보이고 스크립트는 그다음에, 적힌 순서대로 돈다.
    Edit(
        r#"<script src="{{ resource "toc.js" }}"></script>"#,
        1,
        r#"<script defer src="{{ resource "toc.js" }}"></script>"#,
    ),
    Edit(
        r#"<script src="{{ resource "elasticlunr.min.js" }}"></script>"#,
        1,
        r#"<script defer src="{{ resource "elasticlunr.min.js" }}"></script>"#,
    ),
    Edit(
        r#"<script src="{{ resource "mark.min.js" }}"></script>"#,
        1,
        r#"<script defer src="{{ resource "mark.min.js" }}"></script>"#,
    ),
    Edit(
        r#"<script src="{{ resource "searcher.js" }}"></script>"#,
        1,
        r#"<script defer src="{{ resource "searcher.js" }}"></script>"#,
    ),
    Edit(
        r#"<script src="{{ resource "clipboard.min.js" }}"></script>"#,
        1,
        r#"<script defer src="{{ resource "clipboard.min.js" }}"></script>"#,
    ),
    Edit(
        r#"<script src="{{ resource "highlight.js" }}"></script>"#,
        1,
        r#"<script defer src="{{ resource "highlight.js" }}"></script>"#,
    ),
    Edit(
        r#"<script src="{{ resource "book.js" }}"></script>"#,
        1,
        r#"<script defer src="{{ resource "book.js" }}"></script>"#,
    ),
    Edit(
        r#"<script src="{{ resource this}}"></script>"#,
        1,
        r#"<script defer src="{{ resource this}}"></script>"#,
    ),
];

const NAV: &str = r#"<nav class="page-nav" aria-label="앞뒤 쪽">
                        {{#if previous}}
                            <a rel="prev" href="{{ path_to_root }}{{previous.link}}" class="nav-chapters previous" aria-keyshortcuts="Left"><span>앞 쪽</span> {{previous.title}}</a>
                        {{/if}}
                        {{#if next}}
                            <a rel="next" href="{{ path_to_root }}{{next.link}}" class="nav-chapters next" aria-keyshortcuts="Right"><span>다음 쪽</span> {{next.title}}</a>
                        {{/if}}
                    </nav>"#;

const NAV_WRAPPER: &str = r#"<nav class="nav-wrapper" aria-label="Page navigation">
                        <!-- Mobile navigation buttons -->
                        {{#if previous}}
                            <a rel="prev" href="{{ path_to_root }}{{previous.link}}" class="mobile-nav-chapters previous" title="Previous chapter" aria-label="Previous chapter" aria-keyshortcuts="Left">
                                {{#if (eq ../text_direction "rtl")}}
                                {{fa "solid" "angle-right"}}
                                {{else}}
                                {{fa "solid" "angle-left"}}
                                {{/if}}
                            </a>
                        {{/if}}

                        {{#if next}}
                            <a rel="next prefetch" href="{{ path_to_root }}{{next.link}}" class="mobile-nav-chapters next" title="Next chapter" aria-label="Next chapter" aria-keyshortcuts="Right">
                                {{#if (eq ../text_direction "rtl")}}
                                {{fa "solid" "angle-left"}}
                                {{else}}
                                {{fa "solid" "angle-right"}}
                                {{/if}}
                            </a>
                        {{/if}}

                        <div style="clear: both"></div>
                    </nav>"#;

const NAV_WIDE: &str = r#"            <nav class="nav-wide-wrapper" aria-label="Page navigation">
                {{#if previous}}
                    <a rel="prev" href="{{ path_to_root }}{{previous.link}}" class="nav-chapters previous" title="Previous chapter" aria-label="Previous chapter" aria-keyshortcuts="Left">
                        {{#if (eq ../text_direction "rtl")}}
                        {{fa "solid" "angle-right"}}
                        {{else}}
                        {{fa "solid" "angle-left"}}
                        {{/if}}
                    </a>
                {{/if}}

                {{#if next}}
                    <a rel="next prefetch" href="{{ path_to_root }}{{next.link}}" class="nav-chapters next" title="Next chapter" aria-label="Next chapter" aria-keyshortcuts="Right">
                        {{#if (eq text_direction "rtl")}}
                        {{fa "solid" "angle-left"}}
                        {{else}}
                        {{fa "solid" "angle-right"}}
                        {{/if}}
                    </a>
                {{/if}}
            </nav>
"#;
