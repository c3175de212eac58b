/**
 * The questions of a registration, one page each, and the page where the answers are checked and registered.
 */
package dev.connectionmanager.web.journey;
