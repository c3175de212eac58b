/**
 * Client registration as RFC 7591 and RFC 7592 have it, and the discovery document that leads there. Writes what the two RFCs ask for;
 * decides nothing: the acts are those of {@link dev.connectionmanager.registration.token}.
 */
package dev.connectionmanager.api.connect;
