/**
 * What operators search among all teams' registrations, a page at a time: clients, and endpoints in trouble.
 *
 * <p>Reads only.
 */
package dev.connectionmanager.registration.list;
