// What the clinic's server is asked.
const post = (path, body) => fetch('/api/anhe/' + path, { method: 'POST', headers: { 'content-type': 'application/json', authorization: localStorage.ahToken || '' }, body: JSON.stringify(body || {}) })
  .then(async answer => { const said = answer.status === 204 ? {} : await answer.json(); if (!answer.ok) throw new Error(said.message); return said; });
const mine = () => fetch('/api/anhe/me', { headers: { authorization: localStorage.ahToken || '' } }).then(answer => (answer.ok ? answer.json() : null));
