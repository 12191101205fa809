// A drawing of 32×32 dots, counted to 8×8 pixels as the data were, and what a linear classifier says of it.

import { entropy, softmax } from "../shared/softmax.mjs";

const SIDE = 32;
const ORDER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]; // in which the dots of a pixel fill

const sum = (values) => values.reduce((total, value) => total + value, 0);
const columnOf = (dot) => dot % SIDE;
const rowOf = (dot) => Math.floor(dot / SIDE);
const pixelOf = (dot) => 8 * Math.floor(rowOf(dot) / 4) + Math.floor(columnOf(dot) / 4);
const every = (inked) => Array.from({ length: SIDE * SIDE }, (_, dot) => (inked(dot) ? 1 : 0));

// The ink of each pixel: how many dots of its 4×4 block are black.
export function blocks(drawing) {
  const counts = new Array(64).fill(0);
  drawing.forEach((ink, dot) => (counts[pixelOf(dot)] += ink));
  return counts;
}

// A drawing that has these counts, its dots spread over each pixel.
export function dots(counts) {
  return every((dot) => ORDER[4 * (rowOf(dot) % 4) + (dot % 4)] < counts[pixelOf(dot)]);
}

// Which dots a round brush covers on its way between two places, all lengths in pixels.
export function stroke([x0, y0], [x1, y1], width) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  return every((dot) => {
    const [x, y] = [(columnOf(dot) + 0.5) / 4 - x0, (rowOf(dot) + 0.5) / 4 - y0];
    const along = Math.min(1, Math.max(0, (x * dx + y * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x - along * dx, y - along * dy) <= width / 2;
  });
}

// Each dot taken from another column and row of the drawing; beyond its edges is paper.
function taken(drawing, columnFor, rowFor) {
  const inside = (place) => place >= 0 && place < SIDE;
  return every((dot) => {
    const [column, row] = [columnFor(columnOf(dot)), rowFor(rowOf(dot))];
    return inside(column) && inside(row) && drawing[SIDE * row + column];
  });
}

// Moved by so many pixels.
export function moved(drawing, right, down) {
  return taken(drawing, (column) => column - 4 * right, (row) => row - 4 * down);
}

// As large as the frame allows, the proportions kept, in the middle.
export function fitted(drawing) {
  const inked = drawing.flatMap((ink, dot) => (ink ? [dot] : []));
  const places = [inked.map(columnOf), inked.map(rowOf)];
  const ends = places.map((at) => [Math.min(...at), Math.max(...at) + 1]);
  const length = Math.max(...ends.map(([from, to]) => to - from));
  const scaled = (place) => ((place + 0.5) / SIDE - 0.5) * length;
  return taken(drawing, ...ends.map(([from, to]) => (place) => Math.floor((from + to) / 2 + scaled(place))));
}

export function read(counts, { weights, biases }) {
  const scores = weights.map((template, k) => sum(template.map((w, i) => (w * counts[i]) / 16)) + biases[k]);
  const probs = softmax(scores);
  const ranked = [...scores.keys()].sort((a, b) => scores[b] - scores[a]);
  return { scores, probs, entropy: entropy(probs), ranked };
}

// What each pixel adds to the score of one class over that of another;
// with the biases that makes the logarithm of the ratio of their probabilities.
export function versus(counts, { weights, biases }, one, other) {
  const parts = counts.map((ink, i) => (ink / 16) * (weights[one][i] - weights[other][i]));
  const bias = biases[one] - biases[other];
  const [gain, loss] = [parts.filter((part) => part > 0), parts.filter((part) => part < 0)].map(sum);
  return { parts, bias, gain, loss, total: gain + loss + bias };
}
