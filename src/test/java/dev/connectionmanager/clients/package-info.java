/** Clients of the API, made by generators from its description, do their work at the packaged portal: {@code -Pclients}. */
package dev.connectionmanager.clients;
