// Lines of a condition: the relations follow the question that is chosen, and a line is sent when it says something.

const rowOf = field => field.closest('.b-clause')
const part = (row, name) => row.querySelector(`[name$=".${name}"]`)

function takesValue (row) {
  const chosen = part(row, 'operator').selectedOptions[0]
  return !chosen || chosen.dataset.takes !== 'nothing'
}

function saysSomething (row) {
  return part(row, 'name').value !== '' && (!takesValue(row) || part(row, 'value').value.trim() !== '')
}

// Whether what was just changed can be taken over: not while a line or a formula is only begun.
export function isWhole (form, changed) {
  const when = changed.closest('.b-when')
  if (!when) return true
  const mode = when.querySelector('.b-when__mode:checked')
  if (mode && mode.value === 'written') return when.querySelector('.b-when__written textarea').value.trim() !== ''
  if (!mode || mode.value !== 'menus') return true
  const rows = Array.from(when.querySelectorAll('.b-clause'))
  const begun = rows.filter(row => part(row, 'name').value !== '')
  if (changed.name && changed.name.endsWith('.mode')) return begun.length > 0 && begun.every(saysSomething)
  const emptied = rowOf(changed) && changed.value === '' && changed.name.endsWith('.name')
  return (begun.length > 0 || emptied) && begun.every(saysSomething)
}

function follow (subject) {
  const row = rowOf(subject)
  const when = subject.closest('.b-when')
  const chosen = subject.selectedOptions[0]
  const kind = chosen && chosen.dataset.kind
  const operators = part(row, 'operator')
  const before = operators.value
  const all = when.querySelector('template[data-operators]').content
  const found = kind && all.querySelector(`[data-kind="${kind}"]`)
  if (found) operators.replaceChildren(...Array.from(found.children).map(one => document.importNode(one, true)))
  if (Array.from(operators.options).some(one => one.value === before)) operators.value = before
  const value = part(row, 'value')
  value.setAttribute('list', `values-${subject.value}`)
  value.value = ''
  fit(row)
}

function fit (row) { part(row, 'value').hidden = !takesValue(row) }

export function watchClauses () {
  document.addEventListener('change', event => {
    if (event.target.matches('.b-clause select[data-subject]')) follow(event.target)
    else if (event.target.matches('.b-clause select')) fit(rowOf(event.target))
  }, true)
}
