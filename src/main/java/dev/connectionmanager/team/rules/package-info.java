/**
 * What may be said of a team, its members and its requests for access, exactly as typed, and the rules that judge it.
 * Pure; must not know what is stored or who acts.
 */
package dev.connectionmanager.team.rules;
