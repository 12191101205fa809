// The 8×8 pixels of a drawing: drawn on in strokes by pointer, walked and filled one by one by keyboard.

import { drawn, element } from "../shared/explorer.mjs";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const INKS = {
  " ": (ink) => (ink ? 0 : 16),
  "+": (ink) => Math.min(16, ink + 1),
  "-": (ink) => Math.max(0, ink - 1),
};

export const nameOf = (pixel) => `row ${Math.floor(pixel / 8) + 1}, column ${(pixel % 8) + 1}`;

export class Pad {
  // `drew(from, to)` hears of every piece of a stroke, in pixels; `filled(pixel, change of its ink)` of a key.
  constructor(drew, filled) {
    Object.assign(this, { drew, filled });
    this.cells = Array.from({ length: 64 }, () => element("span", { role: "gridcell", tabindex: -1 }));
    this.cells[0].tabIndex = 0;
    const row = (_, y) => element("div", { role: "row" }, ...this.cells.slice(8 * y, 8 * y + 8));
    const attributes = { class: "pad", role: "grid", "aria-label": "Drawing of 8 by 8 pixels" };
    this.grid = element("div", attributes, ...Array.from({ length: 8 }, row));
    this.dots = drawn("path");
    const dots = drawn("svg", { viewBox: "0 0 32 32", "aria-hidden": "true" }, this.dots);
    this.node = element("div", { class: "paper" }, this.grid, dots);
    this.grid.onkeydown = (event) => this.key(event);
    this.grid.onpointerdown = (event) => this.press(event);
    this.grid.onpointermove = (event) => this.last && this.pull(event);
    this.grid.onpointerup = this.grid.onpointercancel = () => (this.last = undefined);
    this.grid.addEventListener("focusin", ({ target }) => {
      for (const cell of this.cells) cell.tabIndex = cell === target ? 0 : -1; // where Tab comes back to
    });
  }

  // With the drawing given, its dots are seen instead of what they are counted to.
  show(counts, drawing) {
    this.grid.classList.toggle("hidden", Boolean(drawing));
    const square = (ink, dot) => (ink ? `M${dot % 32},${Math.floor(dot / 32)}h1v1h-1Z` : "");
    this.dots.setAttribute("d", (drawing || []).map(square).join(""));
    this.cells.forEach((cell, pixel) => {
      cell.style.setProperty("--ink", counts[pixel] / 16);
      cell.setAttribute("aria-label", `${nameOf(pixel)}: ink ${counts[pixel]} of 16`);
    });
  }

  key(event) {
    const pixel = this.cells.indexOf(event.target);
    const [step, change] = [STEPS[event.key], INKS[event.key]];
    if (event.ctrlKey || event.altKey || event.metaKey || !(step || change)) return;
    event.preventDefault(); // no scrolling
    if (change) return this.filled(pixel, change);
    const within = (place) => Math.min(7, Math.max(0, place));
    const [x, y] = [within((pixel % 8) + step[0]), within(Math.floor(pixel / 8) + step[1])];
    this.cells[8 * y + x].focus();
  }

  press(event) {
    if (event.button) return;
    this.grid.setPointerCapture(event.pointerId);
    this.last = this.place(event);
    this.pull(event);
  }

  pull(event) {
    const from = this.last;
    this.last = this.place(event);
    this.drew(from, this.last);
  }

  place(event) {
    const { left, top, width } = this.grid.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top].map((length) => (8 * length) / width);
  }
}
