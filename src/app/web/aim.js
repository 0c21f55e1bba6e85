// Before a tap: makes sure that what lies at the point is still the control that was looked at. Answers {met}, or
// {frame, x, y} where a frame of another origin lies there, or {blind} where nothing was noted in this document.
const { px, py, x, y, label } = arguments[0];
const eye = window[Symbol.for('candor.listeners')];
return eye && eye.take ? eye.take(px, py, x, y, label) : { blind: true };
