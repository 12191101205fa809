// Softmax regression and a network with one hidden layer of tanh, on points of the plane. Pure numbers.
//
// A shape is [hidden, classes]; hidden = 0 is softmax regression. Parameters are one flat list, layer by layer:
// for each unit of a layer its weights and then its bias. A point is [x, y, label].

import { crossEntropy, residual, softmax } from "../shared/softmax.mjs";

// Uniform numbers in [0, 1): mulberry32, by Tommy Ettinger, in the public domain.
export function uniform(seed, count) {
  let state = seed >>> 0;
  return Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  });
}

// Zero for softmax regression, whose loss has one valley; else uniform within ±1/√(inputs), as PyTorch's Linear.
export function start([hidden, classes], seed) {
  if (hidden === 0) return new Array(3 * classes).fill(0);
  const first = 3 * hidden;
  return uniform(seed, first + (hidden + 1) * classes).map(
    (u, i) => (2 * u - 1) / Math.sqrt(i < first ? 2 : hidden),
  );
}

// The hidden units' values at (x, y); the coordinates themselves where there are none.
function features(parameters, hidden, x, y) {
  if (hidden === 0) return [x, y];
  const values = new Array(hidden);
  for (let j = 0, at = 0; j < hidden; j++, at += 3) {
    values[j] = Math.tanh(parameters[at] * x + parameters[at + 1] * y + parameters[at + 2]);
  }
  return values;
}

function scoresOf(parameters, [hidden, classes], inputs) {
  const scores = new Array(classes);
  for (let k = 0, at = 3 * hidden; k < classes; k++, at++) {
    let score = 0;
    for (let j = 0; j < inputs.length; j++, at++) score += parameters[at] * inputs[j];
    scores[k] = score + parameters[at];
  }
  return scores;
}

export function probabilities(parameters, shape, x, y) {
  return softmax(scoresOf(parameters, shape, features(parameters, shape[0], x, y)));
}

// The mean cross-entropy, the number of points whose own class leads, and the gradient of the loss with
// decay/2 · ‖weights‖² added: biases are not decayed.
export function measure(parameters, shape, points, decay) {
  const [hidden, classes] = shape;
  const gradient = new Array(parameters.length).fill(0);
  let loss = 0;
  let right = 0;
  for (const [x, y, label] of points) {
    const inputs = features(parameters, hidden, x, y);
    const scores = scoresOf(parameters, shape, inputs);
    loss += crossEntropy(scores, label) / points.length;
    right += scores.indexOf(Math.max(...scores)) === label ? 1 : 0;
    const pull = residual(softmax(scores), label).map((r) => r / points.length);
    const back = new Array(inputs.length).fill(0);
    for (let k = 0, at = 3 * hidden; k < classes; k++, at++) {
      for (let j = 0; j < inputs.length; j++, at++) {
        gradient[at] += pull[k] * inputs[j];
        back[j] += pull[k] * parameters[at];
      }
      gradient[at] += pull[k];
    }
    for (let j = 0, at = 0; j < hidden; j++, at += 3) {
      const slope = back[j] * (1 - inputs[j] ** 2);
      gradient[at] += slope * x;
      gradient[at + 1] += slope * y;
      gradient[at + 2] += slope;
    }
  }
  const width = hidden || 2; // of what enters the last layer
  parameters.forEach((value, at) => {
    const isBias = at < 3 * hidden ? at % 3 === 2 : (at - 3 * hidden) % (width + 1) === width;
    if (!isBias) gradient[at] += decay * value;
  });
  return { loss, right, gradient };
}

// The parameters after some steps of gradient descent, and the loss before each.
export function descend(parameters, shape, points, rate, decay, steps) {
  const losses = [];
  for (let step = 0; step < steps; step++) {
    const { loss, gradient } = measure(parameters, shape, points, decay);
    losses.push(loss);
    parameters = parameters.map((value, at) => value - rate * gradient[at]);
  }
  return { parameters, losses };
}
