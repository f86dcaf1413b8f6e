/** The channel over which tabs reach the worker of the one that leads. */
export const channel_name = 'chasqui-engine-1';
