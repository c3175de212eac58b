/**
 * Pages for operators: the queue, a request under review, clients, endpoints, overview, trail.
 */
package dev.connectionmanager.web.review;
