import { initAll } from './nhsuk-frontend.min.js'

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
