// @ts-check
/**
 * Logistic regression with an L2 penalty: what papers mean, some wanted, most not → how much each direction counts.
 *
 * Vectors have length 1, so few steps of Nesterov's gradient descent come near enough; nothing is drawn by lot, so the
 * same papers always give the same weights. As arxiv-sanity does with tf-idf: https://github.com/karpathy/arxiv-sanity-lite
 */

/** @typedef {{ vector: Float64Array, bias: number }} Weights */

const STEPS = 150;
const PENALTY = 1e-3;
/** The slope of the loss changes by a quarter of a row's squared length at most; the bias is one more column of ones. */
const PACE = 1 / (2 / 4 + PENALTY);

/** @param {Float64Array} vector @param {Weights} weights */
export function score(vector, weights) {
  let sum = weights.bias;
  for (let at = 0; at < vector.length; at++) sum += (vector[at] ?? 0) * (weights.vector[at] ?? 0);
  return sum;
}

/**
 * The wanted weigh together as much as all others.
 * @param {Float64Array[]} wanted @param {Float64Array[]} others @returns {Weights}
 */
export function train(wanted, others) {
  const size = wanted[0]?.length ?? 0;
  const sides = [{ vectors: wanted, sign: 1 }, { vectors: others, sign: -1 }];
  let now = { vector: new Float64Array(size), bias: 0 };
  let ahead = now;
  for (let step = 0; step < STEPS; step++) {
    const [slope, rush] = [slopeAt(ahead, sides), step / (step + 3)];
    const vector = ahead.vector.map((weight, at) => weight - PACE * ((slope.vector[at] ?? 0) + PENALTY * weight));
    const next = { vector, bias: ahead.bias - PACE * slope.bias };
    ahead = {
      vector: vector.map((weight, at) => weight + rush * (weight - (now.vector[at] ?? 0))),
      bias: next.bias + rush * (next.bias - now.bias),
    };
    now = next;
  }
  return now;
}

/** Of the loss, without its penalty. @param {Weights} weights @param {{ vectors: Float64Array[], sign: number }[]} sides */
function slopeAt(weights, sides) {
  const slope = { vector: new Float64Array(weights.vector.length), bias: 0 };
  for (const { vectors, sign } of sides) {
    for (const vector of vectors) {
      const push = -sign / (2 * vectors.length * (1 + Math.exp(sign * score(vector, weights))));
      for (let at = 0; at < vector.length; at++) slope.vector[at] = (slope.vector[at] ?? 0) + push * (vector[at] ?? 0);
      slope.bias += push;
    }
  }
  return slope;
}
