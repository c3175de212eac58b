/**
 * The environments that applications are registered in, and what the OpenID Provider of each supports. All of it is
 * configuration: a new environment needs no code.
 *
 * <p>Knows nothing of teams, applications or registrations.
 */
package dev.connectionmanager.environment;
