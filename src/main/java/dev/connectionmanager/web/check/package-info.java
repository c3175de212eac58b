/**
 * Live checks that people ask for on pages: whoever asks is led to the result, or to a page that says how far it is.
 */
package dev.connectionmanager.web.check;
