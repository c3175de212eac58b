/**
 * The environments that applications are registered in, and what the OpenID Provider of each supports: as its discovery
 * document has it, else as configured. All of it is configuration: a new environment needs no code.
 *
 * <p>Reads discovery documents in the background, through the guard, keeps and serves them. Knows nothing of teams,
 * applications or registrations.
 */
package dev.connectionmanager.environment;
