/**
 * The endpoints that a client's metadata name: {@code EndpointChecks} opens them, {@code EndpointHealthLog} keeps the reports
 * and each endpoint's health, {@code RecheckQueue} says which registration is checked again when.
 * {@link dev.connectionmanager.endpoint.HealthRules} decides when a team is told.
 *
 * <p>Must not know the registration that an endpoint belongs to, beyond its id, nor who is told of a notice.
 */
package dev.connectionmanager.endpoint;
