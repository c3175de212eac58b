import { initAll } from '/assets/nhsuk-frontend.min.js'

initAll()

// Copy buttons are only there where they work; the values can always be selected by hand.
for (const button of document.querySelectorAll('button[data-copy]')) {
  if (!navigator.clipboard) continue
  const value = document.getElementById(button.dataset.copy)
  const told = document.getElementById(button.dataset.copy + '-copied')
  button.hidden = false
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(value.textContent)
    told.textContent = 'Copied'
  })
}

// A page that the Back button brings back is a new form: what is sent from it is another act, no repeat of the first.
window.addEventListener('pageshow', event => {
  const wentBack = performance.getEntriesByType('navigation')[0]?.type === 'back_forward'
  if (!event.persisted && !wentBack) return
  for (const field of document.querySelectorAll('input[name="idempotency_key"]')) {
    field.value = Array.from(crypto.getRandomValues(new Uint32Array(4)), part => part.toString(16)).join('-')
  }
})

// Before the session ends the page says so; somebody who goes on working prolongs it.
const session = document.getElementById('session')
const warning = document.getElementById('session-warning')

if (session && warning) {
  const minute = 60_000
  const atUnused = 2 * minute
  const atLatest = 10 * minute
  let timer

  const clock = time => new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' }).format(time)

  // What the server says, and by how much the clock of this computer is ahead of the server's.
  const ask = async () => {
    const answer = await fetch('/session', { redirect: 'manual', headers: { Accept: 'application/json' } })
    if (!answer.ok) return undefined
    const told = await answer.json()
    const now = Date.parse(answer.headers.get('Date'))
    return { unused: Date.parse(told.unused), latest: Date.parse(told.latest), ahead: now ? Date.now() - now : 0 }
  }

  const say = (words, prolong) => {
    warning.replaceChildren()
    if (!words) return
    const box = document.createElement('div')
    box.className = 'app-session-warning nhsuk-width-container'
    const text = document.createElement('p')
    text.textContent = words
    box.append(text)
    if (prolong) {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'nhsuk-button nhsuk-button--small'
      button.textContent = 'Stay logged in'
      button.addEventListener('click', async () => {
        const prolonged = await ask()
        if (prolonged) tabs.postMessage(prolonged)
        wait(prolonged, true)
      })
      box.append(button)
    }
    warning.append(box)
  }

  const ended = 'Your session has ended. What you typed is still on this page: log in in another tab, then go on here.'

  // A page opened in another tab prolongs the session of this one too.
  let tabs
  const listen = () => {
    tabs = new BroadcastChannel('session')
    tabs.addEventListener('message', event => wait(event.data, true))
  }

  const wait = (ends, prolonged) => {
    clearTimeout(timer)
    if (!ends) return say(ended)
    const now = Date.now() - ends.ahead
    const unused = ends.unused - now
    const latest = ends.latest - now
    if (prolonged && latest > atLatest) say('')
    if (latest <= 0 || unused <= 0) {
      // Perhaps it is only the clock of this computer that is wrong, or another tab has prolonged the session.
      ask().then(again => again && again.unused > Date.now() - again.ahead ? wait(again, true) : say(ended))
      return
    }
    if (latest <= atLatest) {
      say(`You are logged out at ${clock(ends.latest)}, whatever you do. Save what you are working on.`)
      timer = setTimeout(() => wait(ends), Math.min(unused, latest))
    } else if (unused <= atUnused) {
      say(`You are logged out at ${clock(ends.unused)} unless you go on working.`, true)
      timer = setTimeout(() => wait(ends), unused)
    } else {
      timer = setTimeout(() => wait(ends), Math.min(unused - atUnused, latest - atLatest))
    }
  }

  const told = { unused: Date.parse(session.dataset.unused), latest: Date.parse(session.dataset.latest), ahead: 0 }
  listen()
  tabs.postMessage(told)
  wait(told)

  // A page that is kept for Back must hear nothing, or browsers keep it no longer.
  window.addEventListener('pagehide', () => tabs.close())

  // Back may show a page of a session that has ended meanwhile: then nobody is to read it.
  window.addEventListener('pageshow', async event => {
    if (!event.persisted) return
    listen()
    const ends = await ask()
    if (ends) wait(ends, true)
    else location.reload()
  })
}

// A live check that takes long: each step is told as it ends, and at the end the page leads to the result.
if (document.getElementById('check-progress')) {
  const pause = 1000
  const look = async () => {
    try {
      const answer = await fetch(location.pathname, { redirect: 'manual' })
      const told = answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('check-progress')
      if (!told) return location.replace(location.pathname)
      // What has not changed is not said again.
      const shown = document.getElementById('check-progress')
      if (told.textContent !== shown.textContent) shown.replaceChildren(...told.childNodes)
    } catch {
      // The network may come back; "See the result" is there all the while.
    }
    setTimeout(look, pause)
  }
  setTimeout(look, pause)
}
