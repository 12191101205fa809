// The triangle of all distributions over three classes, with the mark and the name of one in each corner.

import { colour, drawn, outline } from "./explorer.mjs";
import { place } from "./softmax.mjs";

const SIDE = 250; // in units of the drawing

// From a place, in the triangle with corners (0, 0), (1, 0) and (1/2, √3/2), to the drawing; and back.
export const at = ([x, y]) => [35 + SIDE * x, 245 - SIDE * y];
export const from = ([x, y]) => [(x - 35) / SIDE, (245 - y) / SIDE];
export const CORNERS = [[1, 0, 0], [0, 1, 0], [0, 0, 1]].map((probs) => at(place(probs)));

export function triangle(names, ...inside) {
  const corner = ([x, y], k) => [
    drawn("path", { d: outline(k, x, y, 8), fill: colour(k) }),
    drawn("text", { x, y: y + (k === 2 ? -14 : 28), "text-anchor": "middle" }, names[k]),
  ];
  const frame = drawn("polygon", { points: CORNERS.join(" "), class: "frame", fill: "none" });
  const drawing = { viewBox: "0 0 320 290", "aria-hidden": "true" };
  return drawn("svg", drawing, frame, ...CORNERS.flatMap(corner), ...inside);
}
