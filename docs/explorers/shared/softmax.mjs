// Softmax and what is made of it, for one row of scores. Pure numbers in, numbers out.

const sum = (values) => values.reduce((total, value) => total + value, 0);

export function logSumExp(scores) {
  const largest = Math.max(...scores);
  return largest + Math.log(sum(scores.map((score) => Math.exp(score - largest))));
}

export function softmax(scores, temperature = 1) {
  const largest = Math.max(...scores);
  const weights = scores.map((score) => Math.exp((score - largest) / temperature));
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}

// −ln softmax(scores)[label]: finite where the probability itself has vanished.
export function crossEntropy(scores, label, temperature = 1) {
  const scaled = scores.map((score) => score / temperature);
  return logSumExp(scaled) - scaled[label];
}

export function entropy(probs) {
  return -sum(probs.map((p) => (p > 0 ? p * Math.log(p) : 0)));
}

// The gradient of the cross-entropy with respect to what softmax was given: p − y.
export function residual(probs, label) {
  return probs.map((p, k) => p - (k === label ? 1 : 0));
}

// Where a distribution over three classes lies in the triangle with corners (0, 0), (1, 0) and (1/2, √3/2).
export function place([, second, third]) {
  return [second + third / 2, (third * Math.sqrt(3)) / 2];
}
