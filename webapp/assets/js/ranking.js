// Puts the options of a ranking in order with buttons and by dragging. What is sent stays the number in each list of
// choices, so the page means the same with this script and without it.

class Ranking {
  constructor (list) {
    this.list = list
    this.most = Number(list.dataset.ranking)
    this.status = list.parentNode.querySelector('[data-ranking-status]')
    this.items().forEach(item => { this.choice(item).dataset.was = this.choice(item).value })
    list.addEventListener('click', event => {
      const button = event.target.closest('[data-move]')
      if (!button) return
      this.move(button.closest('li'), Number(button.dataset.move))
      button.focus() // a moved element loses it
    })
    list.addEventListener('change', event => this.chosen(event.target))
    list.addEventListener('pointerdown', event => this.grip(event))
  }

  items () { return Array.from(this.list.children) }
  choice (item) { return item.querySelector('select') }
  number (item) { return Number(this.choice(item).value) }
  ranked () { return this.items().filter(item => this.number(item)).sort((a, b) => this.number(a) - this.number(b)) }

  // One number belongs to one option: whoever had it gets the old one of the other.
  chosen (select) {
    this.items().map(item => this.choice(item)).forEach(other => {
      if (other !== select && select.value && other.value === select.value) {
        other.value = other.dataset.was = select.dataset.was
      }
    })
    select.dataset.was = select.value
  }

  move (item, step) {
    const ranked = this.ranked()
    const at = ranked.indexOf(item)
    if (at < 0) {
      if (step > 0) return
      this.place(item, Math.min(ranked.length, this.most - 1))
    } else if (at + step >= 0) {
      this.place(item, at + step)
    }
  }

  // Behind the last place an option has no number; where all are ranked there is nothing behind it.
  place (item, at) {
    const all = this.items().length
    const ranked = this.ranked().filter(other => other !== item)
    if (at < this.most) ranked.splice(Math.min(at, ranked.length), 0, item)
    if (this.most === all && ranked.length === all - 1) ranked.push(...this.items().filter(one => !ranked.includes(one)))
    ranked.length = Math.min(ranked.length, this.most)
    const rest = this.items().filter(other => !ranked.includes(other))
    ranked.concat(rest).forEach((one, index) => {
      const select = this.choice(one)
      select.value = select.dataset.was = index < ranked.length ? String(index + 1) : ''
      this.list.append(one)
    })
    this.choice(item).dispatchEvent(new Event('change', { bubbles: true })) // drafts and questions that depend on it
    const number = this.choice(item).value
    const name = item.querySelector('label').textContent
    const words = number ? this.list.dataset.moved : this.list.dataset.left
    if (this.status) this.status.textContent = words.replace('{name}', name).replace('{n}', number)
  }

  grip (event) {
    const item = event.target.closest('[data-grip]') && event.target.closest('li')
    if (!item || event.button) return
    event.preventDefault()
    item.classList.add('is-moved')
    const follow = moved => {
      const over = document.elementFromPoint(moved.clientX, moved.clientY)
      const other = over && over.closest('li')
      if (!other || other === item || other.parentNode !== this.list) return
      const box = other.getBoundingClientRect()
      this.list.insertBefore(item, moved.clientY < box.top + box.height / 2 ? other : other.nextSibling)
    }
    const end = () => {
      document.removeEventListener('pointermove', follow)
      document.removeEventListener('pointerup', end)
      document.removeEventListener('pointercancel', end)
      item.classList.remove('is-moved')
      this.place(item, this.items().indexOf(item))
    }
    document.addEventListener('pointermove', follow)
    document.addEventListener('pointerup', end)
    document.addEventListener('pointercancel', end)
  }
}

const seen = new WeakSet()

function find () {
  document.querySelectorAll('[data-ranking]').forEach(list => {
    if (seen.has(list)) return
    seen.add(list)
    new Ranking(list) // eslint-disable-line no-new
  })
}

export function watchRankings () {
  find()
  document.addEventListener('rows:changed', find, true) // it does not bubble
}
