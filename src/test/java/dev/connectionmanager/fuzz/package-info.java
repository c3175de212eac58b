/** Requests that are made up from the description of the API, at the packaged portal: {@code -Pfuzz}. */
package dev.connectionmanager.fuzz;
