// Softmax regression by gradient descent, with or without the source's two bugs: `bugs` is { twice, shared },
// for softmax before a loss that applies it, and one bias for all classes. Inputs end with a 1 for the bias,
// so the last row of the weights is the bias; there is a column per class.

import { crossEntropy, place, residual, softmax } from "../shared/softmax.mjs";

const CLASSES = [0, 1, 2];
const SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1]];
const EXTENT = 8; // of the square, in units of a feature

const dot = (a, b) => a.reduce((total, value, i) => total + value * b[i], 0);
const mean = (values) => values.reduce((total, value) => total + value, 0) / values.length;
const column = (table, k) => table.map((row) => row[k]);
const scoresOf = (x, weights) => CLASSES.map((k) => x.reduce((z, value, d) => z + value * weights[d][k], 0));
const onBias = (bugs, d, weights) => bugs.shared && d === weights.length - 1;

// A shared bias starts at 0, as the source's does.
export function begin({ drawn }, fromZero, bugs) {
  return drawn.map((row, d) => row.map((w) => (fromZero || onBias(bugs, d, drawn) ? 0 : Math.fround(w))));
}

// Two digits of a rate are used, those that are shown.
export function rateAt(logarithm) {
  return Number((10 ** logarithm).toPrecision(2));
}

// The gradient of a shared bias is 0: p and y both sum to 1.
export function read({ inputs, labels }, weights, bugs) {
  const rows = inputs.map((x, n) => judge(scoresOf(x, weights), labels[n], bugs.twice));
  const entry = (d, k) => mean(rows.map(({ pull }, n) => inputs[n][d] * pull[k]));
  const gradient = weights.map((_, d) => CLASSES.map((k) => (onBias(bugs, d, weights) ? 0 : entry(d, k))));
  return {
    reported: mean(column(rows, "reported")),
    trueLoss: mean(column(rows, "trueLoss")),
    isRight: column(rows, "isRight"),
    gradient,
    steepest: Math.max(...gradient.flat().map(Math.abs)),
    parameters: 3 * weights.length - (bugs.shared ? 2 : 0),
  };
}

function judge(scores, label, twice) {
  const probs = softmax(scores);
  const trueLoss = crossEntropy(scores, label);
  const isRight = scores.indexOf(Math.max(...scores)) === label;
  if (!twice) return { isRight, trueLoss, reported: trueLoss, pull: residual(probs, label) };
  const outer = residual(softmax(probs), label);
  const pull = probs.map((p, k) => p * (outer[k] - dot(probs, outer)));
  return { isRight, trueLoss, reported: crossEntropy(probs, label), pull };
}

export function stepped(weights, gradient, rate) {
  return weights.map((row, d) => row.map((w, k) => w - rate * gradient[d][k]));
}

// The weights after some steps, and after each of them the loss that is reported and the true one.
export function descend(set, weights, bugs, rate, steps) {
  const path = [];
  let { gradient } = read(set, weights, bugs);
  for (let step = 0; step < steps; step += 1) {
    weights = stepped(weights, gradient, rate);
    const now = read(set, weights, bugs);
    path.push([now.reported, now.trueLoss]);
    gradient = now.gradient;
  }
  return { weights, path };
}

// What one step would lead to: the loss that is reported, and how many weights it would move in float32.
export function ahead({ inputs, labels }, weights, gradient, bugs, rate) {
  const next = stepped(weights, gradient, rate);
  const loss = (scores, n) => crossEntropy(bugs.twice ? softmax(scores) : scores, labels[n]);
  const moves = (w, change) => Math.fround(Math.fround(w) - change) !== Math.fround(w);
  return {
    reported: mean(inputs.map((x, n) => loss(scoresOf(x, next), n))),
    moved: weights.flatMap((row, d) => row.filter((w, k) => moves(w, rate * gradient[d][k]))).length,
  };
}

// 2/B, up to which no step raises the cross-entropy; B is half the largest eigenvalue of XᵀX/N, found by
// multiplying again and again. A shared bias is no column of X.
export function promised({ inputs }, bugs) {
  const rows = bugs.shared ? inputs.map((x) => x.slice(0, -1)) : inputs;
  let direction = rows[0];
  let largest;
  for (let round = 0; round < 100; round += 1) {
    const along = rows.map((x) => dot(x, direction));
    const image = direction.map((_, d) => dot(column(rows, d), along) / rows.length);
    largest = Math.hypot(...image);
    direction = image.map((value) => value / largest);
  }
  return 4 / largest;
}

// In a plane, the region of each class and a place for each input. Three features, the first always 1, give
// the plane of the other two. Four give the triangle of probabilities: regions stay, places move.
export function picture({ inputs }, weights) {
  if (inputs[0].length > 4) {
    return {
      regions: CLASSES.map((k) => kite(k).map(place)),
      places: inputs.map((x) => place(softmax(scoresOf(x, weights)))),
    };
  }
  const scoresAt = ([across, up]) => scoresOf([1, EXTENT * across, EXTENT * up, 1], weights);
  const lead = (k, j) => (point) => scoresAt(point)[k] - scoresAt(point)[j];
  return {
    regions: CLASSES.map((k) =>
      CLASSES.filter((j) => j !== k).reduce((region, j) => cut(region, lead(k, j), k < j), SQUARE),
    ),
    places: inputs.map((x) => [x[1] / EXTENT, x[2] / EXTENT]),
  };
}

// The probabilities of which the k-th is largest: from a corner to the middles of two sides and the centre.
function kite(k) {
  const even = (...among) => CLASSES.map((j) => (among.includes(j) ? 1 / among.length : 0));
  return [even(k), even(k, (k + 1) % 3), even(0, 1, 2), even(k, (k + 2) % 3)];
}

// The part of a convex polygon on which `lead` is positive, or 0 where ties are won.
function cut(polygon, lead, winsTies) {
  const leads = polygon.map(lead);
  const kept = leads.map((value) => value > 0 || (winsTies && value === 0));
  return polygon.flatMap((point, i) => {
    const next = (i + 1) % polygon.length;
    const own = kept[i] ? [point] : [];
    if (kept[i] === kept[next]) return own;
    const share = leads[i] / (leads[i] - leads[next]);
    return [...own, point.map((value, d) => value + share * (polygon[next][d] - value))];
  });
}
