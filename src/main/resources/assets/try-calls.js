// Swagger UI as it comes: it asks nobody else, and forgets what it was given when the page is left.
const calls = document.getElementById('calls')
SwaggerUIBundle({
  domNode: calls,
  url: calls.dataset.description,
  docExpansion: 'list',
  persistAuthorization: false,
  validatorUrl: null
})
