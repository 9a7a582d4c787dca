/* Calls that wait. */
#pragma once

/* Prints those that have begun to wait since the last time. @param map the calls that threads are in */
void print_waiting(int map);
