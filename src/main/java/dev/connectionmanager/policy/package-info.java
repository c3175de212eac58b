/**
 * The ground floor: what a rule, a finding and a refusal are. {@link dev.connectionmanager.policy.Rule} is the
 * catalogue of every rule the portal knows and the first file to read. Text that more than one room judges is judged here.
 *
 * <p>Pure Java: no framework, no clock, no socket, and nothing of any other room.
 */
package dev.connectionmanager.policy;
