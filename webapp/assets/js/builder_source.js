// Checks a YAML text while it is typed; the words and the judgement come from the server.

const WAIT = 600

export function watchSource () {
  const form = document.querySelector('form[data-check]')
  if (!form) return
  const field = form.elements.text
  const found = form.querySelector('[data-found]')
  let timer = null
  let turn = 0

  function tell (problems) {
    if (!problems.length) {
      const fine = document.createElement('p')
      fine.className = 'b-fine'
      fine.textContent = found.dataset.fine
      found.replaceChildren(fine)
      return
    }
    const list = document.createElement('ul')
    list.className = 'b-wrong'
    problems.forEach(({ line, path, message }) => {
      const item = document.createElement('li')
      if (line) {
        const place = document.createElement('button')
        place.type = 'button'
        place.className = 'k-button-link'
        place.textContent = found.dataset.line.replace('{n}', line)
        place.addEventListener('click', () => goTo(line))
        item.append(place, ' ')
      }
      item.append(path ? `${path}: ${message}` : message)
      list.append(item)
    })
    found.replaceChildren(list)
  }

  function goTo (line) {
    const lines = field.value.split('\n')
    const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0)
    field.focus()
    field.setSelectionRange(start, start + lines[line - 1].length)
    field.scrollTop = Math.max(0, (line - 5) * (field.scrollHeight / lines.length))
  }

  async function check () {
    const own = ++turn
    const fields = new URLSearchParams()
    new FormData(form).forEach((value, name) => { fields.append(name, value) })
    try {
      const answer = await fetch(form.dataset.check, { method: 'POST', body: fields, credentials: 'same-origin', headers: { Accept: 'application/json', 'X-Requested-With': 'fetch' } })
      if (answer.ok && own === turn) tell((await answer.json()).problems)
    } catch (error) { /* no network: saving checks again */ }
  }

  field.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(check, WAIT) })
}
