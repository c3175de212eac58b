/**
 * One search over what the portal keeps: teams, applications, clients, requests for production and people, each found by its own room
 * within the actor's rights.
 *
 * <p>Reads only. Must not know how results are shown.
 */
package dev.connectionmanager.search;
