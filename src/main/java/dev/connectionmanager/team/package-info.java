/**
 * Teams, their members and roles, how people come in (invitations, requests for access), and who is acting now. The rights that every act asks for are on
 * {@link dev.connectionmanager.team.Actor}.
 *
 * <p>Must not know what teams do with applications.
 */
package dev.connectionmanager.team;
