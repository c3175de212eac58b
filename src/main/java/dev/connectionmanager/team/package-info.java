/**
 * Teams, their members and roles, and who is acting now. The rights that every act asks for are on
 * {@link dev.connectionmanager.team.Actor}.
 *
 * <p>Must not know what teams do with applications.
 */
package dev.connectionmanager.team;
