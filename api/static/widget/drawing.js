const SVG = "http://www.w3.org/2000/svg";

function shape(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** The house's mark: half an ellipse from a low orbit to a high one. */
export function mark() {
  const way = shape(
    "g",
    { transform: "rotate(130)" },
    shape("circle", { class: "line", r: 13 }),
    shape("path", { class: "way", d: "M5 0A9 7.94 0 0 0-13 0" }),
  );
  way.append(shape("circle", { class: "earth", r: 2.6 }), shape("circle", { class: "spot", cx: -13, r: 2.4 }));
  return shape("svg", { class: "mark", viewBox: "-16 -16 32 32", "aria-hidden": "true" }, way);
}

/** The same, drawn large. */
export function transfer() {
  return shape(
    "svg",
    { class: "transfer", viewBox: "-112 -112 224 224", "aria-hidden": "true" },
    shape("circle", { class: "ticks", r: 106 }),
    shape("circle", { class: "line", r: 100 }),
    shape("circle", { class: "line", r: 40 }),
    shape("ellipse", { class: "faint", cx: -30, rx: 70, ry: 63.25 }),
    shape("path", { class: "way", d: "M40 0A70 63.25 0 0 0-100 0" }),
    shape("circle", { class: "earth", r: 13 }),
    shape("circle", { class: "knot", cx: 40, r: 4 }),
    shape("circle", { class: "spot", cx: -100, r: 6 }),
  );
}

const PATHS = {
  close: "M5 5L15 15M15 5L5 15",
  menu: "M4 6H16M4 10H16M4 14H16",
  play: "M6 4.5L15.5 10L6 15.5Z",
  go: "M5 10H15M10.5 5.5L15 10L10.5 14.5",
  right: "M4 10.5L8.5 15L16 5.5",
  wrong: "M5.5 5.5L14.5 14.5M14.5 5.5L5.5 14.5",
  partly: "M4 10H16",
};

/** A small sign; what it means stands beside it in words or in its button's label. */
export const sign = (name) =>
  shape("svg", { class: `sign sign-${name}`, viewBox: "0 0 20 20", "aria-hidden": "true" }, shape("path", { d: PATHS[name] }));
