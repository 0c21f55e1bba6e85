// Drawings: the icons of the frame and a picture for each product. All are plain SVG, drawn for this app.

import { h } from './dom.js';

const ICONS = {
  home: '<path d="M4 11.5 12 4l8 7.5V20h-5.5v-5.5h-5V20H4z"/>',
  category: '<rect x="4" y="4" width="6.5" height="6.5" rx="1.5"/><rect x="13.5" y="4" width="6.5" height="6.5" rx="1.5"/><rect x="4" y="13.5" width="6.5" height="6.5" rx="1.5"/><circle cx="16.8" cy="16.8" r="3.4"/>',
  me: '<circle cx="12" cy="8" r="4"/><path d="M4.5 20c.8-4 3.8-6 7.5-6s6.7 2 7.5 6z"/>',
  back: '<path d="M15 5l-7 7 7 7"/>',
  cart: '<path d="M3 5h2.500l2 10.500h10l2-7.500H6.5"/><circle cx="9" cy="19" r="1.4"/><circle cx="16" cy="19" r="1.4"/>',
  grain: '<path d="M12 21V9"/><path d="M12 9c-3-1-3-4 0-6 3 2 3 5 0 6zM12 14c-4 0-5-3-4-5 3 0 4 2 4 5zM12 14c4 0 5-3 4-5-3 0-4 2-4 5z"/>',
  tea: '<path d="M5 9h12v5a5 5 0 0 1-5 5h-2a5 5 0 0 1-5-5zM17 10h1.500a2.5 2.5 0 0 1 0 5H17M9 3v3M13 3v3"/>',
  dry: '<path d="M4 11a8 7 0 0 1 16 0zM9.5 11v6.500a2.5 2.5 0 0 0 5 0V11"/>',
  goods: '<path d="M4 10h16l-2 10H6zM8 10a4 5 0 0 1 8 0"/>',
  pay: '<rect x="4" y="6" width="16" height="12" rx="2"/><path d="M4 10h16"/>',
  box: '<path d="M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8"/>',
  truck: '<path d="M3 7h10v9H3zM13 10h4l4 3v3h-8z"/><circle cx="7" cy="18" r="1.6"/><circle cx="17" cy="18" r="1.6"/>',
  list: '<rect x="5" y="4" width="14" height="16" rx="2"/><path d="M8.5 9h7M8.5 13h7M8.5 17h4"/>',
};

/** An icon in the colour of the text around it. */
export const icon = (name) =>
  h('span', { class: 'icon', 'aria-hidden': 'true', html: `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">${ICONS[name]}</svg>` });

const grains = (colour) => {
  const spots = [];
  for (let row = 0; row < 4; row += 1) {
    for (let column = 0; column <= 6 - row; column += 1) {
      spots.push(`<ellipse cx="${62 + column * 13 + row * 6.5}" cy="${84 - row * 7}" rx="5.5" ry="4" fill="${colour}" stroke="#0002"/>`);
    }
  }
  return spots.join('');
};
const bowl = (fill) => `<path d="M44 88h112c0 32-22 50-56 50S44 120 44 88z" fill="${fill}"/><rect x="80" y="136" width="40" height="8" rx="4" fill="#0003"/>`;

const PICTURES = {
  millet: ['#fbf1d3', grains('#e5b53a') + bowl('#a8653a')],
  rice: ['#e8eef6', grains('#ffffff') + bowl('#4f7fae')],
  honey: ['#fdeccb', '<path d="M66 60h68v74a10 10 0 0 1-10 10H76a10 10 0 0 1-10-10z" fill="#e79a1f"/><path d="M66 60h68v18c-12 12-22-6-34 4s-24 2-34-4z" fill="#fff3"/><rect x="60" y="44" width="80" height="18" rx="5" fill="#8a5a2b"/><rect x="78" y="92" width="44" height="30" rx="4" fill="#fff7e2"/><path d="M92 107l8-7 8 7-8 7z" fill="#e79a1f"/>'],
  basket: ['#eef3df', '<path d="M56 82a44 46 0 0 1 88 0" fill="none" stroke="#a3843f" stroke-width="7"/><path d="M44 82h112l-14 58H58z" fill="#cda75a"/><path d="M48 98h104M52 112h96M55 126h90M70 84l6 54M100 84v54M130 84l-6 54" stroke="#8f702f" stroke-width="3"/>'],
  tea: ['#e3f0e2', '<rect x="64" y="46" width="72" height="98" rx="8" fill="#2f7a4d"/><rect x="64" y="40" width="72" height="18" rx="6" fill="#235c3a"/><circle cx="100" cy="100" r="24" fill="#f4f0da"/><path d="M100 116c-12-8-12-22 0-32 12 10 12 24 0 32zM100 116V92" fill="#6fae66" stroke="#2f7a4d" stroke-width="2"/>'],
  mug: ['#efe9e1', '<path d="M124 74h14a18 18 0 0 1 0 38h-14" fill="none" stroke="#6d5644" stroke-width="9"/><path d="M58 60h70v66a16 16 0 0 1-16 16H74a16 16 0 0 1-16-16z" fill="#8c7059"/><path d="M58 60h70v26c-14 10-24-6-36 4s-22 0-34-4z" fill="#5f7f86"/>'],
  apron: ['#f1ece6', '<path d="M84 44c0 20 32 20 32 0" fill="none" stroke="#7d6a55" stroke-width="5"/><path d="M78 50l10-6h24l10 6v26l20 14v54H58V90l20-14z" fill="#c9b698"/><path d="M70 106h26v22H70zM104 106h26v22h-26z" fill="#b39f80"/>'],
  oil: ['#fbf3cf', '<path d="M88 34h24v22l16 20v60a8 8 0 0 1-8 8H80a8 8 0 0 1-8-8V76l16-20z" fill="#e2b21b"/><rect x="86" y="28" width="28" height="12" rx="3" fill="#2f7a4d"/><rect x="76" y="92" width="48" height="32" rx="4" fill="#fffbe6"/><circle cx="100" cy="108" r="9" fill="#f0c419"/>'],
  walnut: ['#f3e7da', '<circle cx="78" cy="104" r="30" fill="#b07b48"/><circle cx="126" cy="108" r="26" fill="#9a6636"/><path d="M78 76c-10 14 10 18 0 30s8 16 0 28M60 92c8 4 4 12-2 16M98 92c-8 4-4 12 2 16M126 84c-8 12 8 16 0 26s6 12 0 22" fill="none" stroke="#5f3d1d" stroke-width="3.5"/><circle cx="104" cy="72" r="20" fill="#c4935c"/><path d="M104 54c-6 10 6 12 0 34" fill="none" stroke="#5f3d1d" stroke-width="3"/>'],
  cushion: ['#e9eef0', '<path d="M50 58c34 8 66 8 100 0-6 28-6 54 0 82-34-8-66-8-100 0 6-28 6-54 0-82z" fill="#7b98a3"/><path d="M76 66v66M100 68v62M124 66v66" stroke="#fff6" stroke-width="4"/>'],
  board: ['#f4ebdd', '<rect x="48" y="52" width="104" height="88" rx="14" fill="#c98f54"/><circle cx="134" cy="70" r="8" fill="#f4ebdd"/><path d="M58 84c30 8 60-8 84 2M58 104c26 8 56-6 84 0M58 122c30 6 60-6 84 2" fill="none" stroke="#a06a34" stroke-width="3"/>'],
  mushroom: ['#efe6dc', '<path d="M88 92h26v36a13 13 0 0 1-26 0z" fill="#f3e4cb"/><path d="M48 96c0-34 24-52 52-52s52 18 52 52c-20 8-84 8-104 0z" fill="#6f4a31"/><path d="M76 66l10 8-12 6M104 56l8 10-12 4M126 74l8 8-12 4" fill="none" stroke="#d9b48c" stroke-width="3.5"/>'],
};

/** A product's picture. */
export function picture(name) {
  const [ground, drawing] = PICTURES[name];
  return h('span', { class: 'picture', 'aria-hidden': 'true', html: `<svg viewBox="0 0 200 180" preserveAspectRatio="xMidYMid slice"><rect width="200" height="180" fill="${ground}"/><ellipse cx="100" cy="148" rx="62" ry="8" fill="#0001"/>${drawing}</svg>` });
}

/** The home screen's banner: hills and ears of grain. */
export const banner = () =>
  h('span', { class: 'banner-picture', 'aria-hidden': 'true', html: '<svg viewBox="0 0 380 150" preserveAspectRatio="xMidYMid slice"><rect width="380" height="150" fill="#2f7a4d"/><circle cx="320" cy="40" r="24" fill="#f6d98b"/><path d="M0 120c80-60 150-40 220-20s120 0 160-30v80H0z" fill="#276641"/><path d="M0 140c90-40 170-20 250-10s100-4 130-14v34H0z" fill="#1f5335"/><g stroke="#f6d98b" stroke-width="2.5" fill="#f6d98b"><path d="M286 140c0-22 4-34 12-46M316 142c0-24-2-36-10-50M340 140c2-18 6-28 14-38" fill="none"/><ellipse cx="300" cy="90" rx="4" ry="9" transform="rotate(28 300 90)"/><ellipse cx="292" cy="102" rx="4" ry="9" transform="rotate(-18 292 102)"/><ellipse cx="305" cy="88" rx="4" ry="9" transform="rotate(-26 305 88)"/><ellipse cx="313" cy="104" rx="4" ry="9" transform="rotate(14 313 104)"/><ellipse cx="356" cy="98" rx="4" ry="9" transform="rotate(36 356 98)"/><ellipse cx="346" cy="110" rx="4" ry="9" transform="rotate(-10 346 110)"/></g></svg>' });
