/* The tutor as a page of its own, for a frame: what it is to know stands in its address; a token comes by postMessage, never in an address. */
(() => {
  "use strict";

  const said = new URLSearchParams(location.search);
  const locale = said.get("locale") ?? navigator.language;
  const position = said.get("position_s");
  document.documentElement.lang = locale.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
  window.Navigator.mount({
    inline: true,
    lesson: said.get("lesson"),
    course: said.get("course"),
    positionS: position === null ? null : Number(position),
    gradeBand: said.get("grade_band"),
    parentOrigin: said.get("parent_origin"),
    locale,
  });
})();
