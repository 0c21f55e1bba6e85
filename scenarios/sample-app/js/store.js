// What the app keeps on the phone: the answer about the policy, the cart, the switches in the settings.

const PREFIX = 'xiaoman.';

const read = (name, otherwise) => {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name)) ?? otherwise;
  } catch {
    return otherwise;
  }
};
const write = (name, value) => localStorage.setItem(PREFIX + name, JSON.stringify(value));

/** The answer about the policy: null (never asked), 'agreed', 'refused', 'withdrawn'. */
export const consent = () => read('consent', null);

const listeners = [];
export const onConsent = (listener) => listeners.push(listener);
export function setConsent(answer) {
  write('consent', answer);
  listeners.forEach((listener) => listener(answer));
}

export const setting = (name, otherwise = false) => read(`setting.${name}`, otherwise);
export const setSetting = (name, on) => write(`setting.${name}`, on);

/** The cart: [{product, count}]. */
export const cart = () => read('cart', []);
export const clearCart = () => write('cart', []);
export function addToCart(product) {
  const lines = cart();
  const line = lines.find((each) => each.product === product);
  if (line) line.count += 1;
  else lines.push({ product, count: 1 });
  write('cart', lines);
}
