// Three scores, a temperature and the class that came: all that the explorer shows, unrounded.

import { crossEntropy, entropy, place, residual, softmax } from "../shared/softmax.mjs";

export function read(scores, temperature, label) {
  const probs = softmax(scores, temperature);
  return {
    probs,
    entropy: entropy(probs),
    crossEntropy: crossEntropy(scores, label, temperature),
    residual: residual(probs, label),
  };
}

// The way of the probabilities through the triangle while the temperature grows by equal factors.
export function temperaturePath(scores, coldest, hottest, steps) {
  return Array.from({ length: steps + 1 }, (_, step) =>
    place(softmax(scores, coldest * (hottest / coldest) ** (step / steps))),
  );
}
