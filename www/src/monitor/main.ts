/** Starts the monitor's page. It holds no state of its own. */
import { mount } from 'svelte';
import '../style/base.css';
import App from './App.svelte';

mount(App, { target: document.getElementById('app')! });
