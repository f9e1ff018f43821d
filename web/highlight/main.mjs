// 코드에 빛깔을 입히는 highlight.js에서 책이 쓰는 언어만 추린 것. mdBook의 파일에는 마흔 가까운 언어가 들어 있어 세 배 무겁다.
// 11판은 코드 속의 HTML(숨긴 줄)을 지우므로 mdBook과 같은 10판을 쓴다.
import hljs from "highlight.js/lib/core";
import go from "highlight.js/lib/languages/go";
import ini from "highlight.js/lib/languages/ini";
import javascript from "highlight.js/lib/languages/javascript";
import python from "highlight.js/lib/languages/python";
import rust from "highlight.js/lib/languages/rust";
import shell from "highlight.js/lib/languages/shell";

const languages = { go, ini, javascript, python, rust, shell };
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);
// mdBook은 옛 이름으로 부른다. 그대로 두면 쪽마다 콘솔에 한 줄이 찍힌다.
hljs.highlightBlock = hljs.highlightElement;
globalThis.hljs = hljs;
