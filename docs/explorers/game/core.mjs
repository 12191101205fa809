// Cheolsu, who remembers one throw, his own last; and softmax regression, which sees nothing but his throws.
// Throws are 0 scissors, 1 rock, 2 paper, so that each is beaten by the one after it, in a circle.

import { crossEntropy, softmax } from "../shared/softmax.mjs";

const HABITS = [[1, 2, 3], [0, 0, 0], [1, 0, 0]]; // his scores after each throw
const RATE = 1;

const sum = (values) => values.reduce((total, value) => total + value, 0);
const table = () => [[0, 0, 0], [0, 0, 0], [0, 0, 0]];

// Mulberry32: a number in [0, 1), and the state of the next.
export function random(state) {
  const next = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(next ^ (next >>> 15), next | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return { number: ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32, state: next };
}

// Nobody has played, and he has just thrown scissors.
export const begin = (seed) => ({ state: seed, last: 0, counts: table(), W: table(), score: [0, 0, 0] });

// One round. The score counts draws, your wins and his.
export function play(game, yours, steps) {
  const { number, state } = random(game.state);
  const [first, second] = softmax(HABITS[game.last]);
  const his = (number >= first) + (number >= first + second);
  const counts = added(game.counts, game.last, his);
  const score = game.score.map((times, outcome) => times + (outcome === (yours - his + 3) % 3));
  return { state, last: his, counts, W: learn(game.W, counts, steps), score };
}

const added = (counts, last, his) => counts.map((row, i) => row.map((n, k) => n + (i === last && k === his)));

// Of the mean cross-entropy over all pairs counted, with respect to W.
export function gradient(W, counts) {
  const pairs = sum(counts.flat());
  return W.map((scores, i) => {
    const probs = softmax(scores);
    return probs.map((p, k) => (sum(counts[i]) * p - counts[i][k]) / pairs);
  });
}

// So many steps of gradient descent.
export function learn(W, counts, steps) {
  for (let step = 0; step < steps; step++) {
    const slopes = gradient(W, counts);
    W = W.map((scores, i) => scores.map((score, k) => score - RATE * slopes[i][k]));
  }
  return W;
}

// What each answer to a forecast wins more often than it loses, and which is best: of equals the first.
export function advice(probs) {
  const gains = probs.map((_, k) => probs[(k + 2) % 3] - probs[(k + 1) % 3]);
  return { gains, best: gains.findIndex((gain) => gain > Math.max(...gains) - 1e-9) };
}

export function read({ last, counts, W, score }) {
  const pairs = sum(counts.flat());
  const shares = counts.map((row) => row.map((n) => (sum(row) ? n / sum(row) : null)));
  const learned = W.map((scores) => softmax(scores));
  const priced = (price) => sum(counts.flatMap((row, i) => row.map((n, k) => n && n * price(i, k))));
  const mean = (price) => (pairs ? priced(price) / pairs : null);
  return {
    shares,
    learned,
    his: HABITS.map((scores) => softmax(scores)),
    entropy: mean((i, k) => -Math.log(shares[i][k])),
    loss: mean((i, k) => crossEntropy(W[i], k)),
    apart: Math.max(...learned.flatMap((row, i) => row.map((p, k) => Math.abs(p - (shares[i][k] ?? p))))),
    lead: score[1] - score[2],
    ...advice(learned[last]),
  };
}
