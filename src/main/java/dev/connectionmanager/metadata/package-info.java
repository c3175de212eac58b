/**
 * The metadata of a client, as RFC 7591 and OpenID Connect name them, and the rules they are judged by.
 * {@link dev.connectionmanager.metadata.ClientMember} lists the members,
 * {@link dev.connectionmanager.metadata.RegistrationRules} is the policy and
 * {@link dev.connectionmanager.metadata.LiveCheckRules} says what a live check means for it.
 *
 * <p>Keeps nothing and calls nobody: all here is judged from what is passed in.
 */
package dev.connectionmanager.metadata;
