// Read before the page is drawn: the components' styles for browsers with scripts depend on this class.
document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' nhsuk-frontend-supported' : '')
