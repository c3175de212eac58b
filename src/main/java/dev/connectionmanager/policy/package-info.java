/**
 * The ground floor: what a rule, a finding and a refusal are, and the texts that every room judges alike: names, email
 * addresses, hosts, preconditions. {@link dev.connectionmanager.policy.Rule} is the
 * catalogue of every rule the portal knows and the first file to read; {@link dev.connectionmanager.policy.Reason} is that
 * of all else that an act is refused for.
 *
 * <p>Pure Java: no JSON, no framework, no clock, no socket, and nothing of any other room.
 */
package dev.connectionmanager.policy;
