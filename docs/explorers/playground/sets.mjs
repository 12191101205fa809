// Points to begin with, and a setting as text for an address. Pure numbers and text.

import { uniform } from "./core.mjs";

export const CLASSES = [3, 4, 5];
export const HIDDEN = [0, 4, 8, 16]; // units; 0 is softmax regression
export const MOST = { points: 400, steps: 5000 };

const GRID = 32; // points lie on multiples of 1/32 between −1 and 1
const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_~";

export const snap = (value) => Math.round(Math.max(-1, Math.min(1, value)) * GRID) / GRID;

function cloud(classes, each, where) {
  const noise = uniform(7, 3 * each * classes);
  return Array.from({ length: each * classes }, (_, i) => {
    const [label, nth, own] = [i % classes, Math.floor(i / classes), noise.slice(3 * i, 3 * i + 3)];
    const [x, y] = where(label, nth / each, own);
    return [snap(x), snap(y), label];
  });
}

const around = (angle, radius) => [radius * Math.cos(angle), radius * Math.sin(angle)];

export const SETS = {
  clouds: (classes) =>
    cloud(classes, 14, (label, _, [u, v]) => {
      const [x, y] = around((2 * Math.PI * (label + 0.25)) / classes, 0.55);
      const [dx, dy] = around(2 * Math.PI * u, 0.44 * Math.sqrt(v));
      return [x + dx, y + dy];
    }),
  rings: (classes) =>
    cloud(classes, 20, (label, share, [u, v]) =>
      around(2 * Math.PI * (share + u / 40), 0.1 + (0.85 * label) / (classes - 1) + 0.08 * (v - 0.5)),
    ),
  spiral: (classes) =>
    cloud(classes, 24, (label, share, [u]) =>
      around((2 * Math.PI * label) / classes + 4 * share + 0.25 * (u - 0.5), 0.08 + 0.88 * share),
    ),
  stripes: (classes) =>
    cloud(classes, 14, (label, _, [u, v]) => [-0.85 + (1.7 * (label + 0.15 + 0.7 * u)) / classes, 1.7 * v - 0.85]),
};

// A setting {classes, hidden, rate, decay, seed, steps, points} as the text of a query, and back.
export function encode({ classes, hidden, rate, decay, seed, steps, points }) {
  const letter = (value) => LETTERS[Math.round(value * GRID) + GRID];
  const placed = points.map(([x, y, label]) => letter(x) + letter(y) + label).join("");
  return `k=${classes}&h=${hidden}&r=${rate}&d=${decay}&s=${seed}&n=${steps}&p=${placed}`;
}

// Undefined for a text that is no setting.
export function decode(text) {
  const query = new URLSearchParams(text);
  const [classes, hidden, rate, decay, seed, steps] = [..."khrdsn"].map((name) => Number(query.get(name) || NaN));
  const isWithin = (value, least, most) => value >= least && value <= most;
  const isWhole = (value, most) => Number.isInteger(value) && isWithin(value, 0, most);
  const points = placed(query.get("p") ?? "", classes);
  const isSetting =
    CLASSES.includes(classes) && HIDDEN.includes(hidden) && isWithin(rate, -3, 2) && isWithin(decay, -5, 0) &&
    isWhole(seed, 999) && isWhole(steps, MOST.steps) && points;
  return isSetting ? { classes, hidden, rate, decay, seed, steps, points } : undefined;
}

function placed(text, classes) {
  if (text.length % 3 || text.length > 3 * MOST.points) return undefined;
  const read = (letter) => LETTERS.indexOf(letter) / GRID - 1;
  const points = (text.match(/.../g) ?? []).map(([x, y, label]) => [read(x), read(y), Number(label)]);
  const isPoint = ([x, y, label]) => Math.min(x, y) >= -1 && label < classes;
  return points.every(isPoint) ? points : undefined;
}
