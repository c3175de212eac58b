/** One client by every way there is to write and to read it: the API, the registration endpoint, the existing tool's format, the form. */
package dev.connectionmanager.face;
