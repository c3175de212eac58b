/**
 * Applications, the team that each belongs to, its hand-over to another team, and the yearly attestation that a team's
 * applications are still in use. {@code Applications}, {@code Handovers} and {@code Attestations} hold the acts;
 * {@link dev.connectionmanager.application.ApplicationRules} judges what is typed. Rooms above that keep something for
 * applications say so through {@link dev.connectionmanager.application.ApplicationGuard}.
 *
 * <p>Must not know what is registered for an application, nor how it was asked (form, JSON) nor how a refusal is worded.
 */
package dev.connectionmanager.application;
