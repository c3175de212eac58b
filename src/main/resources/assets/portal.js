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
