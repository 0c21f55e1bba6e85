// The switches in the address. The server has already refused unknown ones.

const params = new URLSearchParams(location.search);

/** Whether a switch is set to a value; a switch may be given more than once (odd=counter&odd=alert). */
export const is = (item, ...values) => values.some((value) => params.getAll(item).includes(value));

/** The switch's value, or null. */
export const value = (item) => params.get(item);

/** The switches as they stand, to be kept on links to other pages of this app. */
export const query = location.search;

export const english = is('odd', 'english');

/** One text in the app's language. */
export const say = (zh, en) => (english ? en : zh);

/** No policy exists at all. */
export const noPolicy = is('1.1', 'none');

/** An app without accounts: what is not on its screens is nowhere. */
export const guestOnly = is('1.1', 'none') || is('1.3', 'toofar') || is('3.6', 'none', 'shown') || is('3.8', 'none', 'policy-only', 'mail') || is('6.5', 'none', 'sales', 'contact-page');

/** In these the policy has one way in only, so that other screens may name it but not link to it. */
export const oneWayIn = is('1.3', 'deep', 'toofar', 'four', 'below', 'search');
